import StepwellHistory

/// The bounds of every queue and slice of the engine.
package struct EngineLimits: Sendable {
    /// Requests that may wait for the turn thread; more are refused (`ThrottlingException`).
    package var mailboxCapacity = 65_536
    /// Bytes of requests that may wait for the turn thread; more are refused likewise.
    package var mailboxBytes = 64 << 20
    /// Results of tasks, and their bytes, that may wait for their execution to end a long turn;
    /// senders of more are told to come back.
    package var deferredInputs = 65_536
    package var deferredBytes = 64 << 20
    /// Messages handled between two looks at timers and other executions.
    package var messagesPerSlice = 64
    /// Timers fired between two looks at other work.
    package var timersPerSlice = 64
    /// Steps of evaluating, parsing and writing that messages, timers or long turns may take, each,
    /// between two looks at other work; the turn that exceeds them is the last.
    package var stepsPerSlice = 100_000
    /// Executions that continue a long turn between two looks at other work.
    package var continuationsPerSlice = 4
    /// Executions whose outstanding tasks are handed out again between two looks at other work.
    package var recoveriesPerSlice = 16
    /// Timers in memory; the others are in the store's index.
    package var timerQueueCapacity = 65_536
    /// Execution states in memory, save those whose newest turn is not durable yet.
    package var residentExecutions = 20_000
    /// Bytes of the logs that the states in memory were made from, likewise.
    package var residentBytes = 256 << 20
    /// States and pages of indexes that are read from the store at once.
    package var loadsAtOnce = 128
    /// Threads that read them.
    package var loadThreads = 2
    /// Callers that wait for executions to go on or to end.
    package var watches = 262_144
    /// Long decisions that are handed over to the thread which makes them: the one at hand, and the
    /// next.
    package var decisionsAtOnce = 2
    /// Bytes of a batch beyond which it is not merged with later ones.
    package var batchBytes = 4 << 20
    /// Bytes of turns since the last snapshot below which none is taken.
    package var snapshotFloorBytes = 64 << 10
    /// Records of the catalog since its last snapshot below which none is taken.
    package var catalogSnapshotFloor = 1_024
    /// Bytes of definitions and what they are compiled to in memory, as estimated; others are read
    /// and compiled when they are needed.
    package var definitionCacheBytes = 128 << 20
    /// Bytes of the stories of executions that are kept for those who look at them, as estimated.
    package var storyBytes = 64 << 20
    /// Tasks that connectors work on at once; the others queue.
    package var concurrentTasks = 1_024
    /// Ends of children that their parent records in one turn; 128 at most.
    package var childReportsPerTurn = ClosedChild.most
    /// Pages of items that are read, and Map Runs whose results are written, at once.
    package var mapRunDataTasks = 16
    /// About the bytes of a page of items: children use up what is at hand in the time in which the
    /// next one is asked for, read and recorded, which is that of some commits.
    package var itemPageBytes = 512 << 10
    /// Bytes of what queued tasks are to be done with; the shard tells it again of those beyond.
    package var queuedTaskBytes = 16 << 20
    /// Standard executions that may be open at once; AWS's quota is 1,000,000.
    package var openExecutions = 1_000_000
    /// State machines; AWS's quota is 100,000.
    package var stateMachines = 100_000
    /// Activities; AWS's quota is 100,000.
    package var activities = 100_000
    /// Activities of one execution that may be open at once, scheduled or being worked on; AWS's
    /// quota is 1,000.
    package var openActivitiesPerExecution = 1_000
    /// Workers that may wait for tasks of one activity; AWS's quota is 1,000.
    package var pollersPerActivity = 1_000
    /// Published versions of one state machine; AWS's quota is 1,000.
    package var versionsPerStateMachine = 1_000
    /// Aliases of one state machine; AWS's quota is 100.
    package var aliasesPerStateMachine = 100
    /// Tags of one state machine or activity; AWS's quota is 50.
    package var tagsPerResource = 50
    /// How long GetActivityTask waits, in seconds; AWS's is 60.
    package var activityPollSeconds: Int64 = 60
    /// How long the name of a closed execution stays taken, in milliseconds; AWS's is 90 days.
    package var nameRetentionMilliseconds: Int64 = 90 * 86_400_000
    /// How long after its end an execution can be redriven, in milliseconds; AWS's is 14 days.
    package var redrivablePeriodMilliseconds: Int64 = 14 * 86_400_000
    /// How long after its start an execution can be redriven, in milliseconds; AWS's longest
    /// execution lasts a year.
    package var executionOpenMilliseconds: Int64 = 365 * 86_400_000
    /// How long a client token of RedriveExecution stands for its redrive, in milliseconds; AWS's
    /// is 15 minutes.
    package var clientTokenMilliseconds: Int64 = 15 * 60_000
    /// How long a shard rests after the first failing commit, in milliseconds; doubled for each
    /// failure that follows, up to `longestRestMilliseconds`.
    package var shortestRestMilliseconds: Int64 = 20
    package var longestRestMilliseconds: Int64 = 2_000
    /// How long ending the engine may take, in milliseconds, whatever a handler or the disk does.
    package var shutdownMilliseconds: Int64 = 10_000

    /// Bytes of a page of a history beyond which it ends and goes on by its token; a single event
    /// that is larger is given alone.
    package var historyPageBytes = 8 << 20
    /// Reads of histories and listings that run at once; the others queue.
    package var pageReads = 2
    /// Reads that may wait, of all callers; more are refused (`ThrottlingException`).
    package var queuedReads = 65_536
    /// Reads of one caller that may wait; more are refused.
    package var queuedReadsPerCaller = 1_024

    /// How many commits a reader may be behind before an operator is warned.
    package var readerLagAlarm = 10_000

    package init() {}
}
