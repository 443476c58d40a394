package import StepwellHistory
package import StepwellLanguage

/// A definition's text with what it was compiled to; kept once, whoever uses it.
package struct DefinitionRevision: Sendable {
    package var digest: DefinitionDigest
    package var text: String
    package var compiled: StateMachineDefinition
}
