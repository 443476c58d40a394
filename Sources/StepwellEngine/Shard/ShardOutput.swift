package import StepwellHistory
package import StepwellInterpreter

/// What a turn says to the world: leaves the shard when the batch it depends on is durable, and
/// never when that batch failed.
///
/// Indirect: it is held and passed on, in arrays that are copied, and holds much.
package indirect enum ShardOutput: Sendable {
    /// Answers a caller: with nil when what the answer says is durable, else with the error.
    case reply(@Sendable (ServiceError?) -> Void)
    /// Answers a start.
    case start(StartCommand, Result<StartExecutionResponse, ServiceError>)
    /// Answers an errand between executions.
    case child(ChildCommand, InputAnswer)
    /// Gives a worker a task.
    case task(PollCommand, ActivityTask)
    /// Something to do outside: hand out a task, cancel one.
    case effect(DispatchedEffect)
    /// An execution closed; for metrics and traces.
    case closed(ClosedExecution)

    /// Lets the output out: `failure` is nil when its batch is durable.
    package func release(to performer: any EffectPerformer, failure: ServiceError?) {
        switch self {
        case .reply(let settle):
            settle(failure)
        case .start(let command, let answer):
            command.reply(failure.map { .failure($0) } ?? answer)
        case .child(let command, let answer):
            command.reply(failure.map { .failed($0) } ?? answer)
        case .task(let command, let task):
            command.reply(failure.map { .failure($0) } ?? .success(task))
        case .effect(let effect):
            if failure == nil { performer.perform(effect) }
        case .closed(let execution):
            if failure == nil { performer.observe(execution) }
        }
    }
}

/// A task to hand out or to call back, with what identifies its execution, an errand between
/// executions, or a Map Run's data.
package enum DispatchedEffect: Sendable {
    /// Goes back into the shard, until it is done.
    case child(ChildErrand)
    /// Items of a Map Run to be read, or results to be written.
    case data(MapRunAssignment)
    case dispatch(TaskAssignment)
    case cancel(TaskKey)
    /// Stop the job that a task has started, or may have, and note that it does not run.
    case stop(TaskAssignment)
}

/// Which task of which execution.
package struct TaskKey: Sendable, Hashable {
    package var execution: ExecutionNumber
    /// The ordinal of the record that scheduled it.
    package var ordinal: Ordinal

    package init(execution: ExecutionNumber, ordinal: Ordinal) {
        self.execution = execution
        self.ordinal = ordinal
    }
}

/// A task with everything a connector may want to know of it.
package struct TaskAssignment: Sendable {
    package var key: TaskKey
    package var dispatch: TaskDispatch
    package var executionARN: String
    package var stateMachineARN: String
    /// The role that the execution has.
    package var roleARN: String
    /// The test case that the execution was started with.
    package var testCase: String?
    /// The trace header that the execution was started with.
    package var traceHeader: String?
    /// The task token, for `.waitForTaskToken`.
    package var token: String?
    /// Whether an earlier life of the engine may have handed it out already.
    package var isRedelivery: Bool
    /// Whether its first half is recorded: some connectors go on from there.
    package var isSubmitted = false
    /// What the first half came to, of an execution or a job that is recorded.
    package var submitted: Payload?
}

/// What is told of a closed execution.
package struct ClosedExecution: Sendable {
    package var executionARN: String
    package var stateMachineARN: String
    package var status: ExecutionStatus
    package var startDate: Timestamp
    package var stopDate: Timestamp
    /// The trace header that it was started with.
    package var traceHeader: String?
}

/// Does what turns decided: the engine's dispatcher, or a simulated world.
package protocol EffectPerformer: AnyObject, Sendable {
    /// Hands out or calls back a task. Returns at once.
    func perform(_ effect: DispatchedEffect)

    /// Whether a task is in hand: queued, being worked on, or its result not taken yet.
    func holds(_ task: TaskKey) -> Bool

    /// Whether anything does the work that a Task state offers; yes by default. Asked by the turn
    /// thread, for which it has to be quick.
    func serves(_ offer: TaskOffer) -> Bool

    /// Whether a task whose first half is recorded is to be handed out again after a restart; no
    /// by default.
    func resumes(_ assignment: TaskAssignment) -> Bool

    /// Is told of every execution that closed.
    func observe(_ execution: ClosedExecution)
}

extension EffectPerformer {
    package func serves(_ offer: TaskOffer) -> Bool { true }

    package func resumes(_ assignment: TaskAssignment) -> Bool { false }
}
