package import StepwellEngine
package import StepwellIntegrations
package import StepwellJSON

/// One case of a suite.
package struct SuiteCase: Sendable {
    /// What is run.
    package enum Subject: Sendable {
        /// An execution, with responses for states by state machine and state.
        case execution(mocks: [String: [String: [MockConfiguration.Response]]])
        /// A state alone.
        case state(TestStateRequest)
    }

    /// What the case is called.
    package let name: String
    /// Where it is written.
    package let place: JSONPointer
    /// The input's JSON text.
    package let input: [UInt8]
    package let subject: Subject
    /// What has to hold.
    package let expected: SettingsNode
    /// Why it is not run; nil when it is.
    package let skipped: String?
}
