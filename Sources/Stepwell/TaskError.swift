/// Thrown by a handler to fail its task with an error name that `Retry` and `Catch` can match.
public struct TaskError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error name, at most 256 characters ("CardDeclined").
    public var error: String
    /// What happened, for people; at most 32,768 characters.
    public var cause: String?

    /// A failure with a name.
    public init(_ error: String, cause: String? = nil) {
        self.error = error
        self.cause = cause
    }

    /// Name and cause in one line.
    public var description: String { cause.map { "\(error): \($0)" } ?? error }
}

/// An error of yours that says how it fails a task.
///
/// What a handler throws is written into the execution's log and stays there: an error that is not
/// of this kind fails the task as `States.TaskFailed` with its description as the cause.
///
/// ```swift
/// extension PaymentError: TaskErrorConvertible {
///     var taskError: TaskError { TaskError("CardDeclined", cause: publicReason) }
/// }
/// ```
public protocol TaskErrorConvertible: Error {
    /// The error name and cause that the task fails with.
    var taskError: TaskError { get }
}

extension TaskError: TaskErrorConvertible {
    /// The error itself.
    public var taskError: TaskError { self }
}
