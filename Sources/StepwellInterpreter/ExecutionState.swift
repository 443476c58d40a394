package import StepwellHistory
package import StepwellLanguage

/// Everything an execution is between two records: the fold of its log, a plain value.
///
/// `apply` is the only way it changes. Deciding borrows it and cannot change it; `step` has it take
/// the records of each decision before the next is made.
package struct ExecutionState: Sendable {
    package let execution: ExecutionNumber
    package let definition: StateMachineDefinition

    package internal(set) var start: StartInput?
    package internal(set) var status = ExecutionStatus.running
    package internal(set) var semantics: UInt16 = 0
    package internal(set) var startTime = Timestamp(milliseconds: 0)
    package internal(set) var stopTime: Timestamp?
    /// The output of an execution that succeeded.
    package internal(set) var output: Payload?
    /// Error and cause of an execution that failed, was stopped or timed out.
    package internal(set) var failure: Failure?
    package internal(set) var lastOrdinal = Ordinal(0)
    package internal(set) var lastEventID: EventID = 0
    /// The time of the newest turn; the next turn's is not before it.
    package internal(set) var lastTime = Timestamp(milliseconds: 0)

    package internal(set) var branches = BranchTable()
    package internal(set) var ready = ReadyQueue()
    package internal(set) var timers = TimerTable()
    /// The branches whose tasks are open, by the ordinal that scheduled them.
    package internal(set) var tasks: [Ordinal: BranchID] = [:]
    package internal(set) var nextBranch: UInt32 = 1
    package internal(set) var random = RandomStream(seed: [])
    /// An ending that an input has decided and no event has recorded yet.
    package internal(set) var ending: Ending?
    package internal(set) var executionTimer: Ordinal?
    /// How long the execution may take, in seconds; nil for no limit.
    package internal(set) var timeLimit: Int64?
    /// The runs of distributed Map states, in order of their start.
    package internal(set) var mapRuns: [MapRun] = []
    /// The redrives by client tokens that may come again, oldest first.
    package internal(set) var redrives: [Redrive] = []
    package internal(set) var redriveCount = 0
    /// The time of the newest redrive.
    package internal(set) var redriveDate: Timestamp?
    /// Nested executions that are to be stopped and may still run, in the order of their giving up.
    package internal(set) var owedStops = OwedStops()
    /// How many tasks each state has scheduled, by its place in the definition; of executions with
    /// a test case alone, whose responses go by it.
    var invocations: [Int: Int] = [:]
    /// Tasks given up by the newest record: effects on their way to the builder, no part of the
    /// state.
    var cancelled: [Ordinal] = []
    /// Children given up by the newest record, likewise.
    var stoppedChildren: [ChildStop] = []
    /// What stands for the world around a state that is tried on its own; nil in every execution.
    var trial: TrialWorld?

    /// How an execution is ended from outside.
    package enum Ending: Sendable, Equatable {
        case stopped(Failure)
        case timedOut
    }

    /// The state of an execution before its start.
    package init(execution: ExecutionNumber, definition: StateMachineDefinition) {
        self.execution = execution
        self.definition = definition
    }

    /// The earliest armed timer.
    package var earliestTimer: (due: Timestamp, ordinal: Ordinal)? {
        timers.earliest.map { ($0.due, $0.ordinal) }
    }

    /// Five minutes at most for an Express workflow (service quotas).
    static let expressSeconds: Int64 = 300

    /// The limit that the definition and the type of the workflow set.
    static func timeLimit(
        _ definition: StateMachineDefinition,
        _ start: StartInput?
    ) -> Int64? {
        guard start?.isExpress == true else { return definition.timeoutSeconds }
        return min(definition.timeoutSeconds ?? expressSeconds, expressSeconds)
    }

    /// What the log says of the state in brief.
    package var summary: TurnSummary {
        TurnSummary(
            status: status,
            nextDue: timers.earliest?.due,
            pendingTasks: UInt32(
                clamping: tasks.count + openChildCount + owedStopCount
                    + (mapRuns.isEmpty ? 0 : awaitedData().count)
            ),
            isRunnable: status == .running && canGoOn
        )
    }

    /// Whether records can be decided without further input.
    package var canGoOn: Bool {
        guard start != nil, status == .running else { return false }
        return !ready.isEmpty || ending != nil || lastEventID == 0 || isReopened
    }

    /// An open task by the ordinal of the record that scheduled it.
    package func task(scheduledAt ordinal: Ordinal) -> PendingTask? {
        guard let branch = tasks[ordinal], let task = branches[branch].task else { return nil }
        return PendingTask(
            dispatch: task.dispatch,
            kind: task.kind,
            isStarted: task.isStarted,
            isSubmitted: task.isSubmitted,
            submitted: task.submitted,
            deliveries: task.deliveries
        )
    }

    /// What has to be done outside for the state as it is: every open task that was not submitted,
    /// every child of a Map Run, everything that is to be stopped.
    ///
    /// Used after a restart, when it is not known which effects had been carried out.
    package func outstandingEffects() -> [Effect] {
        tasks.keys.sorted().compactMap { ordinal in
            guard let pending = task(scheduledAt: ordinal), !pending.isSubmitted else { return nil }
            return .dispatch(pending.dispatch, pending.kind)
        } + openChildren().map(Effect.startChild) + owedStops.map(Effect.stop)
            + dataEffects(since: [])
    }

    private var openChildCount: Int { mapRuns.reduce(0) { $0 + $1.open.count } }

    /// The tasks whose first half is done and whose end comes from elsewhere.
    package func submittedTasks() -> [PendingTask] {
        tasks.keys.sorted().compactMap { task(scheduledAt: $0) }.filter(\.isSubmitted)
    }
}
