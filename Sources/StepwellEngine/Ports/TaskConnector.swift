package import StepwellHistory
package import StepwellInterpreter

/// The port through which the engine has the work of a Task state done: one implementation per
/// kind of resource.
///
/// A connector is called after the task's events are durable, on the cooperative pool, at most the
/// configured number at once; it is cancelled when the task times out, its execution stops or the
/// engine shuts down. A crash repeats the call with the same idempotency key.
package protocol TaskConnector: Sendable {
    /// Whether this connector serves the resource (an ARN or a local name).
    func serves(_ resource: String) -> Bool

    /// Whether this connector does this work; by default, whether it serves its resource.
    func serves(_ offer: TaskOffer) -> Bool

    /// Whether a task whose first half is recorded is given to this connector again after a
    /// restart, to see to its end; no by default.
    func resumes(_ task: ConnectorTask) -> Bool

    /// What has to be done so that tasks of a resource can be done, in a sentence for people; nil,
    /// which is the default, when this connector has nothing to say about it.
    func hindrance(of resource: String) async -> String?

    /// Whether this connector has lanes; no by default.
    var hasLanes: Bool { get }

    /// The lane of a task that it serves; nil, which is the default, for none.
    func lane(of task: ConnectorTask) -> TaskLane?

    /// Does the work. Throwing `TaskFailure` fails the task with that error name and cause; any
    /// other error fails it as `States.TaskFailed` with the error's description.
    func run(_ task: ConnectorTask) async throws -> TaskOutcome

    /// Stops the job of a `.sync` task that was given up, if it runs; nothing by default.
    ///
    /// `submitted` is what the first half came to; without it, it is not known whether it took
    /// place, in this life or, when `isRedelivery`, in an earlier one. Asked again after a restart,
    /// and, when it throws, after a while.
    func stop(_ task: ConnectorTask) async throws
}

extension TaskConnector {
    package func serves(_ offer: TaskOffer) -> Bool { serves(offer.resource) }

    package func hindrance(of resource: String) async -> String? { nil }

    package func resumes(_ task: ConnectorTask) -> Bool { false }

    package func stop(_ task: ConnectorTask) async throws {}

    package var hasLanes: Bool { false }

    package func lane(of task: ConnectorTask) -> TaskLane? { nil }
}

/// A task as a connector is given it.
package struct ConnectorTask: Sendable {
    /// What is to be done.
    package var dispatch: TaskDispatch
    package var execution: ExecutionNumber
    package var executionARN: String
    package var stateMachineARN: String
    /// The role that the execution has; empty where it is not known.
    package var roleARN = ""
    /// The test case that the execution was started with.
    package var testCase: String?
    /// The trace header that the execution was started with, to pass on.
    package var traceHeader: String?
    /// The task token to pass on, for `.waitForTaskToken`; a task of `.sync` may end by it too.
    package var token: String?
    /// Whether an earlier life of the engine may have had it done, in part or in full.
    package var isRedelivery: Bool
    /// Whether the first half of the task is recorded already.
    package var isSubmitted = false
    /// What the first half came to, of an execution or a job that is recorded.
    package var submitted: Payload?
    /// Records a heartbeat of the task; throws `ServiceError` when the task is not wanted any
    /// more.
    package var heartbeat: @Sendable () async throws -> Void
    /// Whether, when the connector is cancelled, that is because the task is not wanted any more,
    /// not because the engine ends.
    package var isGivenUp: @Sendable () -> Bool = { true }
    /// A rest of the task, for each time that it waits for nothing but the engine or its clock.
    package var rest: @Sendable () -> TaskRest = { .uncounted() }
    /// Takes down what is exchanged over HTTP; nil unless the task is tried on its own.
    package var inspector: ExchangeInspector?

    package init(
        dispatch: TaskDispatch,
        execution: ExecutionNumber,
        executionARN: String,
        stateMachineARN: String,
        testCase: String? = nil,
        token: String? = nil,
        isRedelivery: Bool = false,
        heartbeat: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.dispatch = dispatch
        self.execution = execution
        self.executionARN = executionARN
        self.stateMachineARN = stateMachineARN
        self.testCase = testCase
        self.token = token
        self.isRedelivery = isRedelivery
        self.heartbeat = heartbeat
    }

    /// The same for every delivery of this task, and for no other task: execution ARN and the id
    /// of the event that scheduled it.
    package var idempotencyKey: String {
        Self.idempotencyKey(executionARN, dispatch.scheduledEventID)
    }

    /// The idempotency key of the task that an event of an execution scheduled.
    static func idempotencyKey(_ executionARN: String, _ scheduledEventID: EventID) -> String {
        "\(executionARN)/\(scheduledEventID)"
    }

    /// Whether nothing but its token ends the task.
    package var endsByToken: Bool {
        token != nil && !TaskResourceName(dispatch.resource).endsWithJob
    }

    /// Whether it is a task of a state that is tried on its own, in no execution.
    package var isTrial: Bool { execution == ExecutionNumber(0) }

    /// The task as it was offered.
    package var offer: TaskOffer {
        TaskOffer(
            resource: dispatch.resource,
            stateName: dispatch.stateName,
            stateMachineARN: stateMachineARN,
            testCase: testCase
        )
    }
}

/// What a connector's work came to.
package enum TaskOutcome: Sendable {
    /// Done; the task's result.
    case succeeded(Payload)
    /// The first half of `.waitForTaskToken` or `.sync` is done; the task goes on elsewhere.
    case submitted(Payload)
    /// The first half is done; the rest takes its time, outside the number of tasks that may run
    /// at once, and gives the task's result or throws as the connector itself does.
    case submittedThen(Payload, @Sendable () async throws -> Payload)
}

/// Thrown by a connector to fail its task with an error name that Retry and Catch can match.
package struct TaskFailure: Error, Sendable {
    package var failure: Failure

    package init(error: String?, cause: String? = nil) {
        failure = Failure(error: error, cause: cause)
    }
}
