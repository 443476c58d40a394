/// How often a retrier of a state has been used since the state was entered.
public struct BranchRetry: Sendable, Hashable {
    /// The errors that the retrier is for (`ErrorEquals`).
    public let errorEquals: [String]
    /// The retrier's place in `Retry`, from 0.
    public let retrier: Int
    /// How many retries it has made.
    public let attempt: Int
    /// How many it may make (`MaxAttempts`).
    public let maxAttempts: Int64

    package init(errorEquals: [String], retrier: Int, attempt: Int, maxAttempts: Int64) {
        self.errorEquals = errorEquals
        self.retrier = retrier
        self.attempt = attempt
        self.maxAttempts = maxAttempts
    }
}
