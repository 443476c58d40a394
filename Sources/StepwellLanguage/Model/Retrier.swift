/// One element of `Retry`.
package struct Retrier: Sendable, Equatable {
    /// How the delay is spread (`JitterStrategy`).
    package enum Jitter: String, Sendable {
        /// The computed delay as it is.
        case none = "NONE"
        /// A random delay between 0 and the computed one.
        case full = "FULL"
    }

    /// `ErrorEquals`.
    package let errorEquals: ErrorMatcher
    /// `IntervalSeconds`, 1 by default.
    package var intervalSeconds: Int64 = 1
    /// `MaxAttempts`, 3 by default; 0 never retries.
    package var maxAttempts: Int64 = 3
    /// `BackoffRate`, 2.0 by default.
    package var backoffRate: Double = 2
    /// `MaxDelaySeconds`; `nil` is no cap.
    package var maxDelaySeconds: Int64?
    /// `JitterStrategy`, NONE by default.
    package var jitter = Jitter.none

    package init(errorEquals: ErrorMatcher) {
        self.errorEquals = errorEquals
    }

    /// Whether the retrier is for an error of that name.
    package func matches(_ error: String) -> Bool {
        errorEquals.matches(error)
    }
}
