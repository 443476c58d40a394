import StepwellHistory
package import StepwellLanguage

/// Turns a new definition's text into what the interpreter runs, when it may be run here.
package enum DefinitionCompiler {
    /// Throws `InvalidDefinition` in AWS's words with every problem that was found.
    package static func compile(
        _ text: String,
        type: StateMachineType = .standard
    ) throws(ServiceError) -> StateMachineDefinition {
        let kind: StateMachineKind = type == .express ? .express : .standard
        let decoded = DefinitionDecoder(machineType: kind).decode(text)
        guard let definition = decoded.definition else {
            throw ServiceError(
                code: "InvalidDefinition",
                message: decoded.refusal
            )
        }
        return definition
    }

    /// The identity of a definition's text.
    static func digest(_ text: String) -> DefinitionDigest {
        DefinitionDigest(of: text)
    }
}
