package import StepwellHistory

/// A published version of a state machine: a number that stands for one revision for ever.
package struct StateMachineVersion: Sendable, Hashable {
    /// From 1 on; a number is never given twice.
    package var number: Int
    package var description: String?
    /// When it was published.
    package var date: Timestamp
    /// Whether CreateStateMachine published it.
    package var isOfCreation: Bool
    /// The revision that it stands for.
    package var settings: StateMachineSettings
}
