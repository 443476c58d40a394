import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `states:startExecution` and its `.sync`, `.sync:2` and `.waitForTaskToken` forms: executions of
/// this engine started by others of it (developer guide, "Start workflow executions from a task
/// state").
///
/// A task that is handed out again starts nothing twice: without a `Name` the child's is made from
/// the idempotency key.
struct NestedExecutionConnector: TaskConnector {
    /// How the task ends.
    private enum Pattern: String {
        case request = "startExecution"
        /// Ends with the child, whose output is a string in the result.
        case sync = "startExecution.sync"
        /// Ends with the child, whose output is JSON in the result.
        case sync2 = "startExecution.sync:2"
        case callback = "startExecution.waitForTaskToken"
    }

    let engine: EngineReference

    /// The child of a submitted task is there and only has to be waited for, unless the task ends
    /// by its token.
    func resumes(_ task: ConnectorTask) -> Bool {
        Self.pattern(of: task.dispatch.resource).map { $0 != .callback } ?? false
    }

    func serves(_ resource: String) -> Bool { Self.pattern(of: resource) != nil }

    private static func pattern(of resource: String) -> Pattern? {
        guard case .integration(let task) = TaskResourceName(resource).kind,
            task.resourceType == "states"
        else { return nil }
        let parts = resource.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        return parts.count == 7 ? Pattern(rawValue: String(parts[6])) : nil
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        guard let pattern = Self.pattern(of: task.dispatch.resource),
            let engine = await engine.value()
        else { throw CancellationError() }
        let started = try await started(task, pattern, on: engine)
        switch pattern {
        case .request: return .succeeded(started.output)
        case .callback: return .submitted(started.output)
        case .sync, .sync2:
            let isTrial = task.isTrial
            return .submittedThen(started.output) {
                try await Self.end(of: started.arn, isTrial, task.rest, on: engine, pattern)
            }
        }
    }

    /// The child's ARN with the task's output: as recorded, else after a start.
    private func started(
        _ task: ConnectorTask,
        _ pattern: Pattern,
        on engine: Engine
    ) async throws -> (arn: String, output: Payload) {
        if let recorded = task.submitted, case .object(let members) = try recorded.value(),
            case .string(let arn)? = members["ExecutionArn"]
        {
            return (arn, recorded)
        }
        let parameters = task.dispatch.parameters
        let request = try NestedExecutionRequest(try parameters.value())
        let started = try await start(request, for: task, pattern, on: engine)
        let output = SDKResponse.value(
            SDKResponse.started(started),
            startedAt: started.startDate,
            requestID: task.ownUUID
        )
        return (started.executionARN, Payload(output))
    }

    /// Starts the child, under the same name however often it is tried.
    private func start(
        _ request: NestedExecutionRequest,
        for task: ConnectorTask,
        _ pattern: Pattern,
        on engine: Engine
    ) async throws -> StartExecutionResponse {
        let name = request.name ?? task.ownUUID
        var start = StartExecutionRequest(
            stateMachineARN: request.stateMachineARN,
            name: name,
            input: request.input,
            traceHeader: request.traceHeader ?? task.traceHeader
        )
        if let testCase = engine.testCase(task.testCase, ofMachineAt: request.stateMachineARN) {
            start.stateMachineARN += "#\(testCase)"
        }
        if pattern == .sync || pattern == .sync2, !task.isTrial {
            let ordinal = task.dispatch.ordinal
            start.nested = NestedMembership(parent: task.execution, task: ordinal)
        }
        do {
            return try await Self.insisting { try await engine.startExecution(start) }
        } catch let error as ServiceError {
            // Given out again, the child may have ended already.
            let earlier = EarlierStart(
                task: task,
                stateMachineARN: request.stateMachineARN,
                name: name,
                isNamed: request.name != nil,
                input: request.input
            )
            if error.code == "ExecutionAlreadyExists",
                let child = await earlier.found(on: engine)
            {
                return StartExecutionResponse(
                    executionARN: child.executionARN,
                    startDate: child.startDate
                )
            }
            throw TaskFailure(
                error: "StepFunctions.\(SDKResponse.className(of: error))",
                cause: SDKResponse.cause(error, requestID: task.ownUUID)
            )
        }
    }

    /// Waits for a child.
    ///
    /// A task that is called back leaves it alone: the order to stop it is the
    /// shard's, which gives it when it is durable and until it is obeyed.
    private static func end(
        of arn: String,
        _ isTrial: Bool,
        _ rest: @Sendable () -> TaskRest,
        on engine: Engine,
        _ pattern: Pattern
    ) async throws -> Payload {
        let child: DescribeExecutionResponse
        do {
            child = try await insisting {
                try await engine.waitForExecution(arn: arn, rest: rest())
            }
        } catch is CancellationError where isTrial {
            // Nothing is recorded of a state that is tried on its own.
            _ = try await engine.stopExecution(arn: arn, error: nil, cause: nil)
            throw CancellationError()
        }
        let shown = SDKResponse.described(child, isParsed: pattern == .sync2)
        guard child.status == .succeeded else {
            throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.string(shown))
        }
        return Payload(shown)
    }

    /// Asks the engine again, after a rest, when it could not answer: what it did is unknown then,
    /// and to fail the task would leave a child without a parent, or have its work done twice.
    private static func insisting<Answer>(
        _ ask: () async throws -> Answer
    ) async throws -> Answer {
        var rest = Duration.milliseconds(20)
        while true {
            do {
                return try await ask()
            } catch let error as ServiceError
                where ["ServiceUnavailable", "ThrottlingException"].contains(error.code)
            {
                try await Task.sleep(for: rest)
                rest = min(rest * 2, .seconds(2))
            }
        }
    }
}
