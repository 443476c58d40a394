/// Why the engine refused an operation, in the words of the AWS API.
public struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// AWS's name of the exception, without its namespace.
    public let code: Code
    /// What is wrong, as AWS words it.
    public let message: String
    /// The `reason` of a `ValidationException`, where AWS gives one.
    public let reason: String?
    /// The ARN that a `ResourceNotFound` or `TooManyTags` is about, where AWS gives it.
    public let resourceName: String?

    /// An error with a code of the AWS API.
    public init(
        code: Code,
        message: String,
        reason: String? = nil,
        resourceName: String? = nil
    ) {
        self.code = code
        self.message = message
        self.reason = reason
        self.resourceName = resourceName
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
