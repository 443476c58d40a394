/// An ASL error: its name (Error Name in the specification) and a human-readable cause.
public struct Failure: Sendable, Hashable {
    /// The error name, at most 256 characters; absent when none was given.
    public var error: String?
    /// The cause, at most 32,768 characters; absent when none was given.
    public var cause: String?

    /// A failure.
    public init(error: String?, cause: String? = nil) {
        self.error = error
        self.cause = cause
    }
}
