public import StepwellHistory

/// An execution that did not succeed.
public struct ExecutionFailed: Error, Sendable, Hashable, CustomStringConvertible {
    /// The execution's ARN.
    public let executionARN: String
    /// `FAILED`, `TIMED_OUT` or `ABORTED`.
    public let status: ExecutionStatus
    /// The error name, when there is one.
    public let error: String?
    /// What happened, when it is said.
    public let cause: String?

    init(executionARN: String, status: ExecutionStatus, _ failure: Failure?) {
        self.executionARN = executionARN
        self.status = status
        error = failure?.error
        cause = failure?.cause
    }

    /// Status, error and cause in one line.
    public var description: String {
        [status.rawValue, error, cause].compactMap { $0 }.joined(separator: ": ")
    }
}
