import DequeModule
import Logging
package import StepwellHistory
import StepwellInterpreter

/// A shard's logic: takes messages and the time, makes turns, and collects them in batches.
///
/// No thread, clock or lock of its own: the turn thread drives it in the engine, and a simulation
/// drives the same code from a seed. What it reads, it reads from the store; what it writes leaves
/// as sealed batches, and what it says to the world leaves when those are durable (see
/// `Watermark`).
///
///     message ─▶ handle ─▶ turn(s) ─▶ open batch ─▶ seal ─▶ commit ─▶ watermark ─▶ outputs
///                  ▲                                           │
///      timers, ready queue, recovery (advance)          commitFailed: drop, reload
package final class ShardCore {
    let store: any EventStore
    let entropy: any Entropy
    let performer: any EffectPerformer
    let configuration: EngineConfiguration
    package let watermark: Watermark
    /// What keeps the shard from doing all of its work.
    package let condition = ConditionBoard()
    /// What the shard's batches are appended with.
    let fence: Fence
    /// What appends the batches.
    package let committer: Committer
    /// What was said of executions whose start was refused, until that is heard of here.
    var refusedOutputs: [ExecutionNumber: [ShardOutput]] = [:]

    var catalogKeeper: CatalogKeeper
    /// The activities that exist, for the interpreter.
    let activityDirectory = ActivityDirectory()

    var residents = Residents()
    /// Ends of children on their way to their parents.
    var reports: [ExecutionNumber: [Report]] = [:]
    /// What is on its way into memory.
    var stage = LoadStage()
    /// What waited for something that is there now; of which execution, if of one.
    var replay: Deque<(number: ExecutionNumber?, work: ParkedWork)> = []
    /// The requests that wait for something to be read, and may be taken back meanwhile.
    var parkedRequests: [RequestID: ShardMessage] = [:]
    /// The message that is being dealt with.
    var attempt = ParkedMessage(.cancel(RequestID(0)))
    /// Executions that cannot be read.
    var quarantine = Quarantine()
    /// No page of an index is asked for before this uptime.
    var pagesRestUntil = Int64.min
    /// Executions from here on were started in this life.
    let firstNumber: ExecutionNumber
    /// The names of executions whose start is not durable yet.
    var freshNames: [ByteKey: ExecutionNumber] = [:]
    /// Executions with turns that are not durable yet, by batch.
    var undurable: Deque<(execution: ExecutionNumber, batch: UInt64)> = []
    var nextNumber = ExecutionNumber(1)
    /// How many executions are open; the children of Map Runs do not count.
    var openExecutions = 0

    var timers: TimerQueue
    /// Executions whose turn ended at its budget.
    var ready: Deque<ExecutionNumber> = []
    /// Executions whose turn ended before a decision that takes long.
    var putOff = PutOffDecisions()
    /// Those of them whose commit failed: they are read when it is known what the store has.
    var abandoned: [ExecutionNumber] = []
    var activities = ActivityQueues()
    /// Activities that have got a task or a worker since matching last looked.
    var unmatchedActivities: [String] = []
    var watches = WatchTable()
    /// Task results that wait for their execution to record what came before.
    var deferred = DeferredInputs()
    var recovery = RecoveryQueue()
    /// Children of Map Runs that an earlier life left with a timer: their runs may not want them.
    var suspectedOrphans: [ExecutionNumber] = []
    /// The time as the core was last told, and what was wrong with it.
    var timeline = Timeline()

    /// The steps that turns have taken since the last look at other work.
    var sliceSteps = 0

    var open = OpenBatch()
    var counts = (starts: 0, transitions: 0)
    var builder: TransitionBuilder
    /// What a failing commit has made doubtful, until the store has said what became of it.
    var doubtful: [ExecutionNumber] = []
    /// Whether the store is being asked.
    var isReloading = false
    /// Counts reloads after failing commits.
    package internal(set) var generation: UInt64 = 0
    package internal(set) var mode = Mode.running
    /// After a failing commit: nothing starts of itself before this uptime.
    var restingUntil: Int64?
    var failuresInARow = 0
    /// Why starts are refused: the store is full.
    var fullFailure: StoreError?
    /// The newest batch that cannot become durable any more.
    var lastFailedBatch: UInt64 = 0

    /// What a shard is able to do.
    package enum Mode: Sendable {
        case running
        /// What became of a commit that failed is not known yet.
        case reloading(StoreError)
        /// Nothing is written any more.
        case readOnly(StoreError)
    }

    /// A shard over a store, with the catalog and the heads read and no state loaded.
    package init(
        store: any EventStore,
        entropy: any Entropy,
        performer: any EffectPerformer,
        configuration: EngineConfiguration,
        watermark: Watermark = Watermark()
    ) throws {
        self.store = store
        self.entropy = entropy
        self.performer = performer
        self.configuration = configuration
        self.watermark = watermark
        committer = Committer(store: store, watermark: watermark)
        timers = TimerQueue(
            capacity: configuration.limits.timerQueueCapacity,
            isStopped: configuration.initiative == .nothing
        )
        catalogKeeper = CatalogKeeper(
            library: DefinitionLibrary(
                store: store,
                byteLimit: configuration.limits.definitionCacheBytes
            ),
            snapshotFloor: configuration.limits.catalogSnapshotFloor
        )
        let directory = activityDirectory
        builder = TransitionBuilder(
            openActivities: configuration.limits.openActivitiesPerExecution,
            isServed: { performer.serves($0) },
            activityExists: { directory.contains($0) }
        )
        fence = try store.acquire()
        firstNumber = ExecutionNumber((try store.newest() ?? .catalog).rawValue + 1)
        nextNumber = firstNumber
        try loadCatalog()
        if firstNumber.rawValue > 1, configuration.initiative == .everything {
            timers.forgetAll()
        }
        openExecutions = try store.openExecutions()
        if configuration.initiative == .everything { recovery = RecoveryQueue(upTo: nextNumber) }
        timeline = Timeline(after: try newestRecordedTime())
    }

    var limits: EngineLimits { configuration.limits }
    var logger: Logger { configuration.logger }

    // MARK: What drives it

    /// Handles one message.
    package func handle(_ message: ShardMessage, at reading: ClockReading) {
        let now = follow(reading)
        switch message {
        // Heard in every mode: the news would be lost, and the task, the worker's answer or the
        // state with it.
        case .handBack(let task): handBack(task)
        case .cancel(let id): return cancelRequest(id)
        case .loaded(let result): return take(result)
        default: break
        }
        if let refusal { return isReloading ? hold(message) : message.refuse(refusal) }
        process(ParkedMessage(message), at: now)
        matchActivities(at: now)
    }

    /// Does what a message says; see `load` for what it may do before it has all states.
    func dispatch(_ message: ShardMessage, at now: Timestamp) throws(Missing) {
        switch message {
        case .start(let command): try start(command, at: now)
        case .input(let command): try input(command, at: now)
        case .redrive(let command): try redrive(command, at: now)
        case .watch(let command): try watch(command)
        case .poll(let command): poll(command)
        case .cancel, .handBack, .loaded: break
        case .child(let command): try run(command, at: now)
        case .state(let command): try state(command)
        case .recall(let command): try recall(command)
        case .catalog(let command): changeCatalog(command, at: now)
        }
    }

    /// Does one bounded slice of what time and earlier turns ask for.
    package func advance(at reading: ClockReading) {
        let now = follow(reading)
        defer { sliceSteps = 0 }
        retire()
        if case .reloading = mode, !isResting { reload() }
        guard case .running = mode else { return }
        replayParked(at: now)
        guard !isResting else { return }
        for work in [recordReports(at:), fireTimers(at:), continueTurns(at:), recover(at:)] {
            sliceSteps = 0
            work(now)
        }
        handOver(at: now)
        lookAtSuspects()
        retryQuarantined()
        askForTimers()
        matchActivities(at: now)
        evict()
        if isProofDue { open.asksForProof = true }
    }

    /// Whether `advance` has something to do at once.
    package func hasWork(at reading: ClockReading) -> Bool {
        let now = follow(reading)
        if case .running = mode, !replay.isEmpty { return true }
        guard !isResting else { return false }
        switch mode {
        case .readOnly: return false
        case .reloading: return !isReloading
        case .running: break
        }
        if !ready.isEmpty || !reports.isEmpty || isProofDue || canHandOver { return true }
        if mayAskForPages, timers.needsPage || recovery.needsPage { return true }
        guard stage.hasRoom(limits) else { return false }
        if !suspectedOrphans.isEmpty || recovery.hasNext { return true }
        if let next = quarantine.next, next <= timeline.uptime { return true }
        return timers.next.map { $0 <= now } ?? false
    }

    /// The time of the clock at which `advance` next has something to do, as far as it is known
    /// now.
    package func nextDue(at reading: ClockReading) -> Timestamp? {
        follow(reading)
        if let restingUntil, isResting {
            return reading.time.advanced(byMilliseconds: restingUntil - timeline.uptime)
        }
        guard case .running = mode else { return nil }
        var uptimes: [Int64] = []
        if !mayAskForPages { uptimes.append(pagesRestUntil) }
        var due: Timestamp?
        // What is on its way wakes the shard when it is there.
        if stage.hasRoom(limits) {
            due = timers.next.map(timeline.wallTime)
            if let next = quarantine.next { uptimes.append(next) }
        }
        for uptime in uptimes {
            let time = reading.time.advanced(byMilliseconds: max(0, uptime - timeline.uptime))
            due = min(due ?? time, time)
        }
        return due
    }

    private var mayAskForPages: Bool { timeline.uptime >= pagesRestUntil }

    /// Whether turns have taken as many steps as they may without a look at other work.
    package var isSliceSpent: Bool { sliceSteps >= limits.stepsPerSlice }

    /// Whether there are turns to seal.
    package var hasOpenTurns: Bool { !open.isEmpty }

    /// The bytes of the turns to seal.
    package var openByteCount: Int { open.byteCount }

    /// Ends the open batch and holds its outputs under its number.
    package func seal() -> SealedBatch {
        let (batch, outputs) = open.seal(generation: generation, fence: fence)
        watermark.hold(outputs, sealedAs: batch.number)
        return batch
    }

    /// How many executions were started and states entered since this was last asked.
    package func takeCounts() -> (starts: Int, transitions: Int) {
        let taken = (max(0, counts.starts), counts.transitions)
        // What was counted and taken back is left out of the next.
        counts = (min(0, counts.starts), 0)
        return taken
    }

    /// About how many bytes the states take that wait for a long decision.
    package var putOffBytes: Int { putOff.byteCount }

    /// How many decisions are made, or wait for it, beside the turn thread.
    package var decisionCount: Int { stage.decisionCount }

    /// Whether nothing is read, decided or about to be beside the turn thread.
    ///
    /// Until then an execution that is taken up after a restart has no task in hand, and no time
    /// may be skipped.
    package var isQuiet: Bool { stage.isEmpty }

    /// The states in memory.
    package var residentCount: Int { residents.count }

    /// How many executions are open; the children of Map Runs do not count.
    package var openExecutionCount: Int { openExecutions }

    /// The tasks that wait for an activity worker.
    package var waitingActivityTasks: Int { activities.waitingCount }

    /// The tasks that activity workers have.
    package var activityTasksInWork: Int { activities.inWorkCount }

    /// The catalog, durable or not.
    package var currentCatalog: Catalog { catalog }

    // MARK: Shared by the parts

    /// Lets an output out when a batch is durable: at once if it is.
    func emit(_ output: ShardOutput, after batch: UInt64) {
        emit(HeldOutput(output: output, execution: nil), after: batch)
    }

    /// Lets an output out when everything known of an execution is durable, and never if it turns
    /// out not to have been started.
    func emit(_ output: ShardOutput, of resident: ResidentExecution) {
        let held = HeldOutput(output: output, execution: resident.number)
        emit(held, after: resident.lastBatch)
    }

    private func emit(_ output: HeldOutput, after batch: UInt64) {
        if batch == open.number {
            open.outputs.append(output)
        } else if !watermark.hold(output, after: batch) {
            if let execution = output.execution, committer.isRefused(execution) {
                refusedOutputs[execution, default: []].append(output.output)
            } else {
                output.output.release(to: performer, failure: nil)
            }
        }
    }

    /// Whether nothing is to start of itself yet.
    var isResting: Bool {
        restingUntil.map { timeline.uptime < $0 } ?? false
    }

    /// Lets the shard rest for some milliseconds from now, whatever the clock is set to.
    func rest(milliseconds: Int64) {
        restingUntil = timeline.uptime + milliseconds
    }

    /// Why nothing can be asked of the shard now, if so.
    private var refusal: ServiceError? {
        switch mode {
        case .running: nil
        case .reloading(let error), .readOnly(let error): .storeUnavailable(error)
        }
    }
}
