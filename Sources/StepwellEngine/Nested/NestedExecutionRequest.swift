import StepwellJSON

/// The parameters of `states:startExecution`.
struct NestedExecutionRequest {
    let stateMachineARN: String
    /// The name; nil when one is to be made.
    let name: String?
    /// The input's JSON text; a string is taken as the text itself.
    let input: [UInt8]
    let traceHeader: String?

    private static let fields = ["StateMachineArn", "Name", "Input", "TraceHeader"]

    init(_ parameters: JSONValue) throws(TaskFailure) {
        guard case .object(let members) = parameters else {
            throw Self.invalid("The parameters of startExecution have to be an object")
        }
        for member in members
        where !Self.fields.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            throw Self.invalid("startExecution has no parameter '\(member.key)'")
        }
        guard let machine = try Self.text("StateMachineArn", in: members) else {
            throw Self.invalid("startExecution needs the parameter 'StateMachineArn'")
        }
        stateMachineARN = machine
        name = try Self.text("Name", in: members)
        traceHeader = try Self.text("TraceHeader", in: members)
        switch members["Input"] {
        case nil, .null?: input = Array("{}".utf8)
        case .string(let text)?: input = Array(text.utf8)
        case let value?: input = JSONWriter.write(value)
        }
    }

    private static func text(
        _ name: String,
        in members: JSONObject
    ) throws(TaskFailure) -> String? {
        switch members[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw invalid("The parameter '\(name)' of startExecution has to be a string")
        }
    }

    private static func invalid(_ cause: String) -> TaskFailure {
        TaskFailure(error: "StepFunctions.ValidationException", cause: cause)
    }
}
