public import Logging
import StepwellEngine
import StepwellHistory
import StepwellInterpreter

/// What a handler may want to know of the task it does.
public struct TaskContext: Sendable {
    /// The same for every delivery of this task and for no other task: pass it on to whatever must
    /// not happen twice.
    public let idempotencyKey: String
    /// The ARN of the execution that the task belongs to.
    public let executionARN: String
    /// The ARN of the state machine that the execution is of.
    public let stateMachineARN: String
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
    /// Logs with the execution, the state and the attempt as metadata.
    public let logger: Logger

    private let home: @Sendable () throws -> WorkflowEngine
    private let beat: @Sendable () async throws -> Void

    /// A context of one's own, for the unit test of a handler.
    ///
    /// - Parameters:
    ///   - idempotencyKey: As the engine would make it: the same for each delivery.
    ///   - executionARN: Of an execution that need not be.
    ///   - stateMachineARN: Of a state machine that need not be.
    ///   - stateName: The name of the Task state.
    ///   - attempt: 1, or more for a retry.
    ///   - isRedelivery: Whether the handler may have been called for this task before.
    ///   - token: For the handlers of callbacks.
    ///   - traceHeader: An X-Ray trace header.
    ///   - logger: Where the handler logs.
    ///   - engine: The engine, for handlers that use it.
    ///   - heartbeat: Called by ``heartbeat()``.
    public init(
        idempotencyKey: String = "arn:aws:states:us-east-1:000000000000:execution:test:test/1",
        executionARN: String = "arn:aws:states:us-east-1:000000000000:execution:test:test",
        stateMachineARN: String = "arn:aws:states:us-east-1:000000000000:stateMachine:test",
        stateName: String = "Test",
        attempt: Int = 1,
        isRedelivery: Bool = false,
        token: String? = nil,
        traceHeader: String? = nil,
        logger: Logger = Logger(label: "stepwell"),
        engine: WorkflowEngine? = nil,
        heartbeat: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.idempotencyKey = idempotencyKey
        self.executionARN = executionARN
        self.stateMachineARN = stateMachineARN
        self.stateName = stateName
        self.attempt = attempt
        self.isRedelivery = isRedelivery
        self.token = token
        self.traceHeader = traceHeader
        self.logger = logger
        home = {
            guard let engine else {
                throw StepwellError(
                    code: .serviceUnavailable,
                    message: "This context was made without an engine."
                )
            }
            return engine
        }
        beat = heartbeat
    }

    init(_ task: ConnectorTask, in engine: EngineHome) {
        idempotencyKey = task.idempotencyKey
        executionARN = task.executionARN
        stateMachineARN = task.stateMachineARN
        stateName = task.dispatch.stateName
        attempt = task.dispatch.retryCount + 1
        isRedelivery = task.isRedelivery
        token = task.token
        traceHeader = task.traceHeader
        var logger = engine.logger
        logger[metadataKey: "execution"] = "\(task.executionARN)"
        logger[metadataKey: "state"] = "\(task.dispatch.stateName)"
        logger[metadataKey: "attempt"] = "\(task.dispatch.retryCount + 1)"
        self.logger = logger
        home = { try engine.engine }
        beat = task.heartbeat
    }

    /// The engine that the task is one of: to start other executions, to end other tasks.
    ///
    /// - Throws: ``StepwellError`` `ServiceUnavailable` when the engine is gone, or the context was
    ///   made without one.
    public var engine: WorkflowEngine {
        get throws { try home() }
    }

    /// The execution that the task belongs to.
    ///
    /// - Throws: What ``engine`` throws.
    public var execution: Execution {
        get throws { try engine.execution(arn: executionARN) }
    }

    /// Says that the task is still being worked on, for states with `HeartbeatSeconds`.
    ///
    /// - Throws: ``StepwellError`` when the task is not wanted any more.
    public func heartbeat() async throws {
        try await beat()
    }
}
