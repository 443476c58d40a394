import StepwellHistory
import StepwellInterpreter

extension SuiteStatus {
    /// The status of an execution.
    init(_ status: ExecutionStatus) {
        switch status {
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .timedOut: self = .timedOut
        case .aborted: self = .aborted
        }
    }

    /// The status of a state that was tried alone.
    init(_ status: StateTrialOutcome.Status) {
        switch status {
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .retriable: self = .retriable
        case .caughtError: self = .caughtError
        }
    }
}
