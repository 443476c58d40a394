public import Stepwell
import StepwellHistory
public import StepwellJSON

/// What a handler's call came to, as the engine would record it.
public struct HandlerOutcome: Sendable, Equatable {
    /// The result; nil when it failed.
    public let output: JSONValue?
    /// The error name that `Retry` and `Catch` match; nil when it succeeded.
    public let error: String?
    /// What is said of the error.
    public let cause: String?
    /// How often the handler said that it is still at work.
    public let heartbeats: Int

    init(_ output: JSONValue, heartbeats: Int) {
        self.output = output
        error = nil
        cause = nil
        self.heartbeats = heartbeats
    }

    init(_ failure: Failure, heartbeats: Int) {
        output = nil
        error = failure.error ?? ""
        cause = failure.cause
        self.heartbeats = heartbeats
    }

    /// The result as a value.
    ///
    /// - Throws: ``HandlerFailed`` when the handler failed; `DecodingError`.
    public func output<Output: Decodable>(
        as type: Output.Type,
        coding: PayloadCoding = PayloadCoding()
    ) throws -> Output {
        guard let output else { throw HandlerFailed(error: error ?? "", cause: cause) }
        return try coding.decode(type, from: output)
    }
}

/// A handler that failed where a result was asked for.
public struct HandlerFailed: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error name.
    public let error: String
    /// What is said of it.
    public let cause: String?

    /// Error and cause in one line.
    public var description: String { cause.map { "\(error): \($0)" } ?? error }
}
