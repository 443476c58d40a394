import StepwellEngine
import StepwellLanguage

extension Operation {
    /// Tells what is wrong with a definition, without making a state machine of it.
    static let validateStateMachineDefinition = Operation(
        "ValidateStateMachineDefinition",
        [
            .required("definition", .definition),
            .optional("type", .stateMachineType),
            .optional("severity", .oneOf("ERROR", "WARNING")),
            .optional("maxResults", .integer(0...100)),
        ]
    ) { fields, engine in
        let validation = try await engine.validateDefinition(
            fields.required("definition"),
            type: fields.string("type").flatMap { .init(rawValue: $0) } ?? .standard,
            severity: fields.string("severity").flatMap { .init(rawValue: $0) } ?? .error,
            maxResults: fields.integer("maxResults") ?? 0
        )
        var answer = ResponseFields()
        answer.add("result", validation.isValid ? "OK" : "FAIL")
        answer.add("diagnostics", validation.diagnostics.map(\.fields))
        answer.add("truncated", validation.isTruncated)
        return answer.finished()
    }
}

extension DefinitionProblem {
    fileprivate var fields: ResponseFields {
        var diagnostic = ResponseFields()
        diagnostic.add("severity", severity.rawValue)
        diagnostic.add("code", code.rawValue)
        diagnostic.add("message", placedMessage)
        diagnostic.add("location", location)
        return diagnostic
    }
}
