/// What became of a definition's text.
package struct DecodedDefinition: Sendable {
    /// The compiled machine; `nil` when there is an error among the problems.
    package let definition: StateMachineDefinition?
    /// Every problem, errors and warnings, in the order that they were found.
    package let problems: [DefinitionProblem]
}
