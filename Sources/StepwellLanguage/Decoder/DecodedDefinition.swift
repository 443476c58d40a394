/// What became of a definition's text.
package struct DecodedDefinition: Sendable {
    /// The compiled machine, whether it can be run here (`definition`) or not; `nil` when the
    /// definition is none of the language.
    package let compiled: StateMachineDefinition?
    /// Every problem, errors and warnings, in the order that they were found.
    package let problems: [DefinitionProblem]
    /// The states that read variables, and which.
    package let variableReferences: [VariableReference]
    /// The resources of its Task states, and of what its Map states read and write, each once.
    package let resources: [String]

    /// The machine to be run; `nil` when there is an error among the problems.
    package var definition: StateMachineDefinition? { problems.hasErrors ? nil : compiled }

    /// The problems of the definition as one of the States language, wherever it may be run.
    package var languageProblems: [DefinitionProblem] {
        problems.filter { !$0.blocksRunningOnly }
    }

    /// The message of AWS's `InvalidDefinition`: the problems of the definition or, when it has
    /// none, why this version cannot run it.
    package var refusal: String {
        let own = languageProblems
        return (own.hasErrors ? own : problems).invalidDefinitionMessage
    }

    /// Every problem, those that only keep the definition from being run here being warnings.
    package var advice: [DefinitionProblem] {
        problems.map { $0.blocksRunningOnly ? $0.warned() : $0 }
    }

    /// The same with every problem at the line and column that `position` gives: for a definition
    /// that was not written in JSON.
    package func placed(
        by position: (DefinitionProblem) -> (line: Int, column: Int)
    ) -> DecodedDefinition {
        DecodedDefinition(
            compiled: compiled,
            problems: problems.map {
                let place = position($0)
                return $0.placed(line: place.line, column: place.column)
            },
            variableReferences: variableReferences,
            resources: resources
        )
    }
}
