package import StepwellHistory
package import StepwellLanguage

/// A definition's text with what it was compiled to; kept once, whoever uses it.
package struct DefinitionRevision: Sendable {
    package var digest: DefinitionDigest
    package var text: String
    package var compiled: StateMachineDefinition

    /// What an execution runs: the machine itself or, as a child of a distributed Map state, the
    /// item processor of that state.
    ///
    /// Nil when there is no such state.
    package func machine(ofMapState name: String?) -> StateMachineDefinition? {
        guard let name else { return compiled }
        return compiled.itemProcessor(ofMapState: name)
    }
}
