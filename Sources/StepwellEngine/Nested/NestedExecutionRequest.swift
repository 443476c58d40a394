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

    init(_ value: JSONValue) throws(TaskFailure) {
        let parameters = try TaskParameters(
            value,
            of: "startExecution",
            fields: Self.fields,
            error: "StepFunctions.ValidationException"
        )
        stateMachineARN = try parameters.requiredText("StateMachineArn")
        name = try parameters.text("Name")
        traceHeader = try parameters.text("TraceHeader")
        switch parameters["Input"] {
        case nil, .null?: input = Array("{}".utf8)
        case .string(let text)?: input = Array(text.utf8)
        case let value?: input = JSONWriter.write(value)
        }
    }
}
