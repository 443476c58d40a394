package import StepwellEngine
package import StepwellHistory
package import StepwellIntegrations

/// A test file that was read: state machines, and cases of the first of them.
package struct Suite: Sendable {
    /// Where everything is written.
    package let document: SettingsDocument
    /// The state machine that is tested.
    package let machine: SuiteMachine
    /// Others, that tasks of it start.
    package let others: [SuiteMachine]
    /// The mock configuration of Step Functions Local.
    package let mockFile: MockConfiguration?
    /// The configuration file whose functions work; absolute.
    package let configuration: String?
    /// What all randomness follows from.
    package let seed: UInt64
    /// When cases begin.
    package let start: Timestamp
    package let cases: [SuiteCase]

    /// All its state machines, the tested one first.
    package var machines: [SuiteMachine] { [machine] + others }
}
