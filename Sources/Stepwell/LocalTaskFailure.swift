/// Thrown by a handler to fail its task with an error name that `Retry` and `Catch` can match.
public struct LocalTaskFailure: Error, Sendable, Hashable {
    /// The error name, at most 256 characters ("CardDeclined").
    public var error: String
    /// What happened, for people; at most 32,768 characters.
    public var cause: String?

    /// A failure with a name.
    public init(_ error: String, cause: String? = nil) {
        self.error = error
        self.cause = cause
    }
}
