import Logging
import StepwellEngine
public import StepwellHistory
public import StepwellReplay

/// One run of a state machine.
public struct Execution: Sendable {
    /// The execution's ARN.
    public let arn: String
    private let owner: WorkflowEngine

    init(arn: String, engine: WorkflowEngine) {
        self.arn = arn
        owner = engine
    }

    private var engine: Engine { owner.engine }

    /// Waits until the execution is closed and gives its output.
    ///
    /// - Throws: ``ExecutionFailed`` when it failed, timed out or was stopped; `DecodingError`
    ///   when the output is no `Output`; `CancellationError` when the waiting task is cancelled
    ///   (the execution continues); ``StepwellError`` `ExecutionDoesNotExist`, `ServiceUnavailable`
    ///   when the engine ends before.
    public func result<Output: Decodable>(as type: Output.Type) async throws -> Output {
        let closed = try await waitForEnd()
        guard let output = closed.output else {
            throw ExecutionFailed(executionARN: arn, status: closed.status, closed.failure)
        }
        return try owner.coding.decode(type, from: output)
    }

    /// Waits until the execution is closed, however it ends.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled (the execution continues);
    ///   ``StepwellError`` `ExecutionDoesNotExist`, `ServiceUnavailable` when the engine ends
    ///   before.
    public func waitUntilClosed() async throws -> ExecutionDescription {
        let closed = try await waitForEnd()
        let branches = try await closed.status == .succeeded ? [] : picture().branches
        return ExecutionDescription(closed, branches: branches, coding: owner.coding)
    }

    /// Waits for the end, and says so of an engine that will not bring it about.
    private func waitForEnd() async throws -> DescribeExecutionResponse {
        if engine.isSuspended {
            engine.configuration.logger.notice(
                "an execution is waited for while the engine is suspended: run() or resume() it",
                metadata: ["execution": "\(arn)"]
            )
        }
        return try await engine.waitForExecution(arn: arn)
    }

    /// What is known of the execution now, and where it stands: ``ExecutionDescription/branches``.
    ///
    /// - Throws: ``StepwellError`` `ExecutionDoesNotExist`.
    public func describe() async throws -> ExecutionDescription {
        let description = try await engine.describeExecution(arn: arn, scope: .any)
        let branches = try await description.status == .succeeded ? [] : picture().branches
        return ExecutionDescription(description, branches: branches, coding: owner.coding)
    }

    /// Where the execution stands: every active branch and iteration as a tree, with state, input,
    /// variables, retries, and what it waits for since when.
    ///
    /// - Parameters:
    ///   - event: Up to this event of its history; nil: as it is now.
    ///   - maxChildren: How many branches or iterations of each state are shown; the picture says
    ///     how many there are.
    /// - Returns: The picture, read from the log; the execution is not held up by it.
    /// - Throws: ``StepwellError`` `ExecutionDoesNotExist`; `InvalidPlace` when there is no such
    ///   event.
    public func picture(
        at event: Int64? = nil,
        maxChildren: Int = 100
    ) async throws -> ExecutionPicture {
        var request = PictureRequest()
        request.limit = max(0, maxChildren)
        let place = event.map { ReplayPlace.event($0) }
        return try await engine.view(ofExecution: arn) { [request] views in
            var views = views
            views.payloadLimit = nil
            return try views.picture(at: place, request)
        }
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

    /// The Map Runs of the execution's distributed Map states, newest first.
    public var mapRuns: Listing<MapRunSummary> {
        Listing({ MapRunSummary($0) }) { [engine, arn] token in
            try await engine.listMapRuns(executionARN: arn, maxResults: 1_000, nextToken: token)
        }
    }

    /// Stops the execution; its tasks are cancelled.
    ///
    /// Answers when it stopped; one that is closed already stays as it is.
    ///
    /// - Throws: ``StepwellError`` `ExecutionDoesNotExist`.
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
