package import StepwellLanguage

/// What `ValidateStateMachineDefinition` answers about a definition's text.
package struct DefinitionValidation: Sendable {
    /// Whether a state machine can be made of it: there is no error among its problems.
    package let isValid: Bool
    /// The problems of at least the severity asked for, in the order that they were found, at most
    /// as many as asked for.
    package let diagnostics: [DefinitionProblem]
    /// Whether there are more problems than `diagnostics` holds.
    package let isTruncated: Bool

    /// Checks a definition of a machine of a type.
    ///
    /// Warnings are given when `severity` is `.warning`, also of what stands in the way of
    /// resources; `maxResults` 0 stands for 100.
    package init(
        of definition: String,
        type: StateMachineType,
        severity: DefinitionProblem.Severity,
        maxResults: Int,
        hindrances: [String: String] = [:]
    ) {
        let kind: StateMachineKind = type == .express ? .express : .standard
        let decoder = DefinitionDecoder(machineType: kind, hindrances: hindrances)
        let problems = decoder.decode(definition).languageProblems
        let shown = problems.filter { severity == .warning || $0.severity == .error }
        let count = maxResults == 0 ? 100 : maxResults
        isValid = !problems.hasErrors
        diagnostics = Array(shown.prefix(count))
        isTruncated = shown.count > count
    }
}

extension Engine {
    /// Tells what is wrong with the definition of a machine of a type.
    ///
    /// Warnings are told when `severity` is `.warning`, also of what stands in the way of
    /// resources; `maxResults` 0 stands for 100.
    package func validateDefinition(
        _ definition: String,
        type: StateMachineType,
        severity: DefinitionProblem.Severity,
        maxResults: Int
    ) async throws -> DefinitionValidation {
        let hindrances = severity == .warning ? try await hindrances(in: definition) : [:]
        return try await judging.read(.page) {
            DefinitionValidation(
                of: definition,
                type: type,
                severity: severity,
                maxResults: maxResults,
                hindrances: hindrances
            )
        }
    }
}
