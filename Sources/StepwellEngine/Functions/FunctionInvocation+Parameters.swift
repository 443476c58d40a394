package import StepwellJSON

extension FunctionInvocation {
    /// How the payload of a task becomes the function's.
    package enum PayloadForm: Sendable {
        /// Of `lambda:invoke`: any JSON is passed on as it is, a string too.
        case json
        /// Of `aws-sdk:lambda:invoke`: a string is the text itself.
        case text
    }

    private static let fields = [
        "FunctionName", "Payload", "InvocationType", "LogType", "ClientContext", "Qualifier",
    ]

    /// The invocation that the parameters of a task ask for.
    ///
    /// - Throws: `TaskFailure` about a parameter that is missing, unknown or cannot be what it is.
    package init(parameters: JSONValue, _ form: PayloadForm) throws(TaskFailure) {
        guard case .object(let members) = parameters else {
            throw Self.invalid("The parameters of invoke have to be an object")
        }
        for member in members
        where !Self.fields.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            throw Self.invalid("invoke has no parameter '\(member.key)'")
        }
        guard let name = try Self.text("FunctionName", in: members) else {
            throw Self.invalid("invoke needs the parameter 'FunctionName'")
        }
        self.init(
            functionName: name,
            qualifier: try Self.text("Qualifier", in: members),
            payload: Self.payload(members["Payload"], form)
        )
        if let type = try Self.text("InvocationType", in: members) {
            kind = try Self.known(type, "InvocationType", Kind.allCases.map(\.rawValue)) {
                Kind(rawValue: $0)
            }
        }
        if let type = try Self.text("LogType", in: members) {
            wantsLogTail = try Self.known(type, "LogType", ["None", "Tail"]) {
                ["None": false, "Tail": true][$0]
            }
        }
        clientContext = try Self.text("ClientContext", in: members)
    }

    private static func payload(_ value: JSONValue?, _ form: PayloadForm) -> [UInt8] {
        switch (value, form) {
        case (nil, _), (.null?, _): []
        case (.string(let text)?, .text): Array(text.utf8)
        case (let value?, _): JSONWriter.write(value)
        }
    }

    private static func known<Value>(
        _ text: String,
        _ field: String,
        _ names: [String],
        _ read: (String) -> Value?
    ) throws(TaskFailure) -> Value {
        guard let value = read(text) else {
            throw invalid("'\(field)' is one of \(names.joined(separator: ", ")), not '\(text)'")
        }
        return value
    }

    private static func text(
        _ name: String,
        in members: JSONObject
    ) throws(TaskFailure) -> String? {
        switch members[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw invalid("The parameter '\(name)' of invoke has to be a string")
        }
    }

    private static func invalid(_ cause: String) -> TaskFailure {
        TaskFailure(error: "Lambda.InvalidParameterValueException", cause: cause)
    }
}
