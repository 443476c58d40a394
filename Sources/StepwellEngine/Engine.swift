package import StepwellHistory

/// The engine: every operation of the API, over one store.
package final class Engine: Sendable {
    // MARK: State machines

    /// Creates a state machine; asked again with the same definition and settings it answers the
    /// same (role and tags are not compared).
    package func createStateMachine(
        _ request: CreateStateMachineRequest
    ) async throws -> CreateStateMachineResponse {
        throw unavailable
    }

    /// Gives a state machine a new revision; running executions keep theirs.
    package func updateStateMachine(
        _ request: UpdateStateMachineRequest
    ) async throws -> UpdateStateMachineResponse {
        throw unavailable
    }

    /// The current revision of a state machine.
    package func describeStateMachine(
        arn: String
    ) async throws -> DescribeStateMachineResponse {
        throw unavailable
    }

    /// The revision that an execution follows.
    package func describeStateMachineForExecution(
        executionARN: String
    ) async throws -> DescribeStateMachineResponse {
        throw unavailable
    }

    /// The state machines in order of their names; `maxResults` 0 stands for 100.
    package func listStateMachines(
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<StateMachineListItem> {
        throw unavailable
    }

    /// Deletes a state machine; its running executions go on to their end.
    package func deleteStateMachine(arn: String) async throws {
        throw unavailable
    }

    // MARK: Executions

    /// Starts an execution and answers when the start is durable.
    package func startExecution(
        _ request: StartExecutionRequest
    ) async throws -> StartExecutionResponse {
        throw unavailable
    }

    /// What is known of an execution.
    package func describeExecution(arn: String) async throws -> DescribeExecutionResponse {
        throw unavailable
    }

    /// The executions of a state machine, newest first.
    package func listExecutions(
        _ request: ListExecutionsRequest
    ) async throws -> Page<ExecutionListItem> {
        throw unavailable
    }

    /// Stops a running execution; answers when it stopped (for a closed one: when it closed).
    package func stopExecution(
        arn: String,
        error: String?,
        cause: String?
    ) async throws -> Timestamp {
        throw unavailable
    }

    /// A page of an execution's history.
    package func getExecutionHistory(
        _ request: GetExecutionHistoryRequest
    ) async throws -> Page<HistoryEvent> {
        throw unavailable
    }

    /// Waits until an execution is closed; throws `CancellationError` when the caller is
    /// cancelled.
    package func waitForExecution(arn: String) async throws -> DescribeExecutionResponse {
        throw unavailable
    }

    // MARK: Activities and task tokens

    /// Creates an activity; asked again with the same name it answers the same.
    package func createActivity(
        name: String,
        tags: [ResourceTag]
    ) async throws -> ActivityDescription {
        throw unavailable
    }

    /// What is known of an activity.
    package func describeActivity(arn: String) async throws -> ActivityDescription {
        throw unavailable
    }

    /// The activities in order of their names; `maxResults` 0 stands for 100.
    package func listActivities(
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<ActivityDescription> {
        throw unavailable
    }

    /// Deletes an activity; deleting one that is not there is no error.
    package func deleteActivity(arn: String) async throws {
        throw unavailable
    }

    /// Waits up to 60 seconds for a task of the activity; nil when none came.
    package func getActivityTask(
        arn: String,
        workerName: String?
    ) async throws -> ActivityTask? {
        throw unavailable
    }

    /// Reports the success of the task with this token; `output` is JSON text.
    package func sendTaskSuccess(token: String, output: [UInt8]) async throws {
        throw unavailable
    }

    /// Reports the failure of the task with this token.
    package func sendTaskFailure(token: String, error: String?, cause: String?) async throws {
        throw unavailable
    }

    /// Reports that the task with this token is still being worked on.
    package func sendTaskHeartbeat(token: String) async throws {
        throw unavailable
    }

    private var unavailable: ServiceError {
        ServiceError(code: "ServiceUnavailable", message: "The engine is not running.")
    }

    package init() {}
}
