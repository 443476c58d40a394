/// How long, and how often, a delivery is tried.
///
/// The limits and the values of those that say nothing are EventBridge's ("RetryPolicy", API
/// reference).
package struct RetryPolicy: Sendable, Hashable {
    /// How often it is tried again after the first attempt.
    package var maximumRetryAttempts: Int
    /// For how long after what caused it, in seconds.
    package var maximumEventAgeInSeconds: Int

    /// A policy; EventBridge's where nothing is said.
    package init(maximumRetryAttempts: Int? = nil, maximumEventAgeInSeconds: Int? = nil) {
        self.maximumRetryAttempts = maximumRetryAttempts ?? Self.attempts.upperBound
        self.maximumEventAgeInSeconds = maximumEventAgeInSeconds ?? Self.age.upperBound
    }

    /// How often it may be tried again.
    package static let attempts = 0...185
    /// For how many seconds it may be tried.
    package static let age = 60...86_400
}
