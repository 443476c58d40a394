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

    /// The child of a submitted task is there and only has to be waited for.
    var resumesSubmittedTasks: Bool { true }

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
        let request = try NestedExecutionRequest(try task.dispatch.parameters.value())
        if task.isSubmitted, pattern == .callback { throw CancellationError() }
        let started = try await start(request, for: task, on: engine)
        let response = SDKResponse.started(started)
        let output = Payload(
            SDKResponse.value(
                response,
                startedAt: started.startDate,
                requestID: task.ownUUID
            )
        )
        switch pattern {
        case .request: return .succeeded(output)
        case .callback: return .submitted(output)
        case .sync, .sync2:
            let arn = started.executionARN
            return .submittedThen(output) {
                try await Self.end(of: arn, on: engine, isParsed: pattern == .sync2)
            }
        }
    }

    private func start(
        _ request: NestedExecutionRequest,
        for task: ConnectorTask,
        on engine: Engine
    ) async throws -> StartExecutionResponse {
        let name = request.name ?? task.ownUUID
        do {
            return try await engine.startExecution(
                StartExecutionRequest(
                    stateMachineARN: request.stateMachineARN,
                    name: name,
                    input: request.input,
                    traceHeader: request.traceHeader ?? task.traceHeader
                )
            )
        } catch let error as ServiceError {
            // Given out again, the child may have ended already.
            if error.code == "ExecutionAlreadyExists", task.isRedelivery || task.isSubmitted,
                let machine = try? StateMachineARN(request.stateMachineARN).unqualified,
                let child = try? await engine.describeExecution(
                    arn: ExecutionARN(stateMachineARN: machine, name: name).string
                )
            {
                return StartExecutionResponse(
                    executionARN: child.executionARN,
                    startDate: child.startDate
                )
            }
            throw TaskFailure(
                error: "StepFunctions.\(SDKResponse.className(of: error))",
                cause: SDKResponse.cause(error)
            )
        }
    }

    /// Waits for a child; a task that is called back stops it, unless the engine shuts down.
    private static func end(
        of arn: String,
        on engine: Engine,
        isParsed: Bool
    ) async throws -> Payload {
        do {
            let child = try await engine.waitForExecution(arn: arn)
            let shown = SDKResponse.described(child, isParsed: isParsed)
            guard child.status == .succeeded else {
                throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.string(shown))
            }
            return Payload(shown)
        } catch is CancellationError {
            if !engine.isShuttingDown {
                _ = try? await engine.stopExecution(arn: arn, error: nil, cause: nil)
            }
            throw CancellationError()
        }
    }
}
