/// How a case can end: the statuses of executions, and those of states that are tried alone.
package enum SuiteStatus: String, Sendable, CaseIterable {
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case timedOut = "TIMED_OUT"
    case aborted = "ABORTED"
    /// Nothing but somebody outside brings the execution on.
    case running = "RUNNING"
    case retriable = "RETRIABLE"
    case caughtError = "CAUGHT_ERROR"
}
