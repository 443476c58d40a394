/// Thrown by a handler to fail its task with an error name that `Retry` and `Catch` can match.
public struct TaskError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error name ("CardDeclined"); what is more than 256 UTF-16 code units is cut off.
    public var error: String
    /// What happened, for people; what is more than 32,768 UTF-16 code units is cut off.
    public var cause: String?

    /// A failure with a name.
    public init(_ error: String, cause: String? = nil) {
        self.error = error
        self.cause = cause
    }

    /// The error within the lengths that AWS allows, which count UTF-16 code units.
    var clipped: TaskError { TaskError(error.cut(to: 256), cause: cause?.cut(to: 32_768)) }

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

extension String {
    /// The beginning of the text, at most so many UTF-16 code units.
    fileprivate func cut(to units: Int) -> String {
        utf16.count <= units ? self : String(decoding: utf16.prefix(units), as: UTF16.self)
    }
}
