import StepwellEngine
import StepwellInterpreter

/// What a handler may want to know of the task it does.
public struct TaskContext: Sendable {
    /// The same for every delivery of this task and for no other task: pass it on to whatever must
    /// not happen twice.
    public let idempotencyKey: String
    /// The ARN of the execution that the task belongs to.
    public let executionARN: String
    /// The name of the Task state.
    public let stateName: String
    /// Which attempt this is: 1, then one more for each time the state was retried.
    public let attempt: Int
    /// Whether an earlier life of the engine may have called the handler for this very task.
    public let isRedelivery: Bool
    /// The task token to hand on, for resources with `.waitForTaskToken`.
    public let token: String?
    /// The X-Ray trace header that the execution was started with, to pass on.
    public let traceHeader: String?

    private let beat: @Sendable () async throws -> Void

    init(_ task: ConnectorTask) {
        idempotencyKey = task.idempotencyKey
        executionARN = task.executionARN
        stateName = task.dispatch.stateName
        attempt = task.dispatch.retryCount + 1
        isRedelivery = task.isRedelivery
        token = task.token
        traceHeader = task.traceHeader
        beat = task.heartbeat
    }

    /// Says that the task is still being worked on, for states with `HeartbeatSeconds`.
    ///
    /// - Throws: ``StepwellError`` when the task is not wanted any more.
    public func heartbeat() async throws {
        try await beat()
    }
}
