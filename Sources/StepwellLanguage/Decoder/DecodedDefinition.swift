/// What became of a definition's text.
package struct DecodedDefinition: Sendable {
    /// The compiled machine; `nil` when there is an error among the problems.
    package let definition: StateMachineDefinition?
    /// Every problem, errors and warnings, in the order that they were found.
    package let problems: [DefinitionProblem]

    /// The same with every problem at the line and column that `position` gives: for a definition
    /// that was not written in JSON.
    package func placed(
        by position: (DefinitionProblem) -> (line: Int, column: Int)
    ) -> DecodedDefinition {
        DecodedDefinition(
            definition: definition,
            problems: problems.map {
                let place = position($0)
                return $0.placed(line: place.line, column: place.column)
            }
        )
    }
}
