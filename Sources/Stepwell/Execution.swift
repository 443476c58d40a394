import StepwellEngine
public import StepwellHistory
import StepwellJSON

/// One run of a state machine.
public struct Execution: Sendable {
    /// The execution's ARN.
    public let arn: String
    private let engine: Engine

    init(arn: String, engine: Engine) {
        self.arn = arn
        self.engine = engine
    }

    /// Waits until the execution is closed and gives its output.
    ///
    /// - Throws: ``ExecutionFailed`` when it failed, timed out or was stopped; `DecodingError`
    ///   when the output is no `Output`; `CancellationError` when the waiting task is cancelled
    ///   (the execution goes on).
    public func result<Output: Decodable>(as type: Output.Type) async throws -> Output {
        let closed = try await engine.waitForExecution(arn: arn)
        guard let output = closed.output else {
            throw ExecutionFailed(executionARN: arn, status: closed.status, closed.failure)
        }
        return try PayloadCoding.decode(type, from: output)
    }

    /// Waits until the execution is closed, however it ends.
    public func waitUntilClosed() async throws -> ExecutionDescription {
        ExecutionDescription(try await engine.waitForExecution(arn: arn))
    }

    /// What is known of the execution now.
    ///
    /// - Throws: ``StepwellError`` `ExecutionDoesNotExist`.
    public func describe() async throws -> ExecutionDescription {
        ExecutionDescription(try await engine.describeExecution(arn: arn, scope: .any))
    }

    /// The history from its first event, each event as soon as it is on disk; ends when the
    /// execution is closed.
    public var events: ExecutionEvents {
        ExecutionEvents(base: engine.events(of: arn))
    }

    /// The history so far.
    public func history() async throws -> [ExecutionEvent] {
        var events: [ExecutionEvent] = []
        var token: String?
        repeat {
            let page = try await engine.getExecutionHistory(
                GetExecutionHistoryRequest(
                    executionARN: arn,
                    maxResults: 1_000,
                    nextToken: token
                ),
                scope: .any
            )
            events += page.items.map(ExecutionEvent.init)
            token = page.nextToken
        } while token != nil
        return events
    }

    /// Stops the execution; its tasks are cancelled.
    ///
    /// Answers when it stopped; one that is closed
    /// already stays as it is.
    @discardableResult
    public func stop(error: String? = nil, cause: String? = nil) async throws -> Timestamp {
        try await engine.stopExecution(arn: arn, error: error, cause: cause)
    }

    /// Has the execution, which failed, timed out or was stopped, go on from its unsuccessful
    /// states; what the others came to stays.
    ///
    /// - Parameter clientToken: Used again within 15 minutes it stands for the same redrive.
    /// - Returns: The time of the redrive.
    /// - Throws: ``StepwellError`` `ExecutionNotRedrivable` with the reason,
    ///   `ExecutionDoesNotExist`.
    @discardableResult
    public func redrive(clientToken: String? = nil) async throws -> Timestamp {
        try await engine.redriveExecution(arn: arn, clientToken: clientToken)
    }
}

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
