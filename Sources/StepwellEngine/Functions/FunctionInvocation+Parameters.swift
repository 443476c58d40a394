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
    package init(parameters value: JSONValue, _ form: PayloadForm) throws(TaskFailure) {
        let parameters = try TaskParameters(
            value,
            of: "invoke",
            fields: Self.fields,
            error: "Lambda.InvalidParameterValueException"
        )
        self.init(
            functionName: try parameters.requiredText("FunctionName"),
            qualifier: try parameters.text("Qualifier"),
            payload: Self.payload(parameters["Payload"], form)
        )
        let kinds = Kind.allCases.map { ($0.rawValue, $0) }
        kind = try Self.choice("InvocationType", of: parameters, kinds) ?? kind
        let logs = [("None", false), ("Tail", true)]
        wantsLogTail = try Self.choice("LogType", of: parameters, logs) ?? wantsLogTail
        clientContext = try parameters.text("ClientContext")
    }

    private static func payload(_ value: JSONValue?, _ form: PayloadForm) -> [UInt8] {
        switch (value, form) {
        case (nil, _), (.null?, _): []
        case (.string(let text)?, .text): Array(text.utf8)
        case (let value?, _): JSONWriter.write(value)
        }
    }

    /// What a parameter's name stands for; nil when it is not given.
    private static func choice<Value>(
        _ field: String,
        of parameters: TaskParameters,
        _ values: [(name: String, value: Value)]
    ) throws(TaskFailure) -> Value? {
        guard let text = try parameters.text(field) else { return nil }
        guard let found = values.first(where: { $0.name == text }) else {
            let names = values.map(\.name).joined(separator: ", ")
            throw parameters.invalid("'\(field)' is one of \(names), not '\(text)'")
        }
        return found.value
    }
}
