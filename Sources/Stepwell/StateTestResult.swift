import StepwellEngine
public import StepwellHistory
import StepwellInterpreter
public import StepwellJSON

/// What the test of a state came to.
public struct StateTestResult: Sendable {
    /// How it ended.
    public enum Status: String, Sendable, Hashable {
        /// It has an output.
        case succeeded = "SUCCEEDED"
        /// It failed, and so would its execution.
        case failed = "FAILED"
        /// It failed, and would be retried.
        case retriable = "RETRIABLE"
        /// It failed, and a catcher took the failure up.
        case caughtError = "CAUGHT_ERROR"

        init(_ status: StateTrialOutcome.Status) {
            switch status {
            case .succeeded: self = .succeeded
            case .failed: self = .failed
            case .retriable: self = .retriable
            case .caughtError: self = .caughtError
            }
        }
    }

    /// How it ended.
    public let status: Status
    /// What the next state would be given.
    public let output: JSONValue?
    /// Error name and cause, when it failed.
    public let failure: Failure?
    /// The state that would follow.
    public let nextState: String?
    /// What each stage of the data flow gave, by the names of TestState's inspection data
    /// (`afterInputPath`, `result`).
    public let stages: [String: JSONValue]
    /// The variables in scope after the state.
    public let variables: [String: JSONValue]

    init(_ response: TestStateResponse) {
        let outcome = response.outcome
        status = Status(outcome.status)
        output = outcome.output.flatMap { try? $0.value() }
        failure = outcome.failure
        nextState = outcome.nextState
        var stages: [String: JSONValue] = [:]
        for stage in StateInspection.Stage.allCases {
            stages[stage.rawValue] = response.inspection[stage].flatMap { try? $0.value() }
        }
        self.stages = stages
        let known = response.variables.map { ($0.name, (try? $0.value.value()) ?? .null) }
        variables = Dictionary(known) { $1 }
    }
}
