import Foundation
import Logging
import StepwellHistory
import Synchronization

/// One shard of the engine: a turn thread that decides, a commit thread that makes it durable.
///
///     senders ─▶ mailbox ─▶ turn thread ─▶ two slots ─▶ commit thread ─▶ watermark ─▶ outputs
///
/// With nothing queued a commit starts at once; while one runs, turns gather for the next. So
/// batches come from load and not from waiting.
final class Shard: Sendable {
    let mailbox: Mailbox
    let watermark: Watermark
    let condition: ConditionBoard
    let alarms: AlarmBoard
    private let queue: CommitQueue
    private let wakeup: Wakeup
    private let store: any EventStore
    private let clock: any EngineClock
    private let limits: EngineLimits
    private let logger: Logger
    private let observer: EngineObserver
    private let dispatcher: EffectDispatcher
    /// Who does what was decided: the dispatcher, unless the engine does nothing.
    private let performer: any EffectPerformer
    private let commits: CommitBell
    private let loader: Loader
    /// Makes decisions that take long.
    private let decider: Loader
    private let committer: Committer
    /// Why the last commit failed, until the turn thread has seen it.
    private let failure = Mutex<StoreError?>(nil)
    /// The starts that commits refused, until the turn thread has seen them.
    private let refusals = Mutex<[Refusal]>([])
    private let isStopping = Atomic<Bool>(false)
    private let turnThreadEnded = DispatchGroup()
    private let commitThreadEnded = DispatchGroup()

    init(
        core: sending ShardCore,
        dispatcher: EffectDispatcher,
        observer: EngineObserver,
        clock: any EngineClock,
        commits: CommitBell
    ) {
        let wakeup = Wakeup()
        self.wakeup = wakeup
        alarms = AlarmBoard(wakeup: wakeup)
        self.clock = clock
        self.dispatcher = dispatcher
        self.commits = commits
        self.observer = observer
        performer = core.performer
        store = core.store
        limits = core.limits
        logger = core.logger
        watermark = core.watermark
        condition = core.condition
        mailbox = Mailbox(
            capacity: core.limits.mailboxCapacity,
            byteCapacity: core.limits.mailboxBytes,
            wakeup: wakeup
        )
        loader = Loader(
            "stepwell-loads",
            store: store,
            threads: limits.loadThreads,
            clock: clock,
            mailbox: mailbox
        )
        decider = Loader(
            "stepwell-decides",
            store: store,
            threads: 1,
            yielding: true,
            clock: clock,
            mailbox: mailbox
        )
        committer = core.committer
        queue = CommitQueue(byteLimit: core.limits.batchBytes) { wakeup.raise() }
        dispatcher.onIdle { wakeup.raise() }
        start(core)
    }

    private func start(_ core: sending ShardCore) {
        // Safe: moved to the turn thread here and touched by no one else afterwards.
        nonisolated(unsafe) let core = core
        turnThreadEnded.enter()
        commitThreadEnded.enter()
        EngineThread.start("stepwell-turns") {
            self.runTurns(core)
            self.turnThreadEnded.leave()
        }
        EngineThread.start("stepwell-commits") {
            self.runCommits()
            self.commitThreadEnded.leave()
        }
    }

    /// Refuses further messages, makes durable what was decided, and ends both threads; gives up
    /// waiting for them at the deadline, and answers those who wait all the same.
    func stop(by deadline: Deadline) async {
        isStopping.store(true, ordering: .releasing)
        alarms.close()
        wakeup.raise()
        var isInTime = await deadline.end(of: turnThreadEnded)
        queue.close()
        loader.close()
        decider.close()
        if isInTime { isInTime = await deadline.end(of: commitThreadEnded) }
        if isInTime { isInTime = await deadline.end(of: loader.ended) }
        if isInTime { isInTime = await deadline.end(of: decider.ended) }
        if !isInTime {
            logger.error("the engine ends without its threads: the store does not answer")
            for message in mailbox.close() { message.refuse(.shuttingDown) }
        }
        for output in watermark.takeAll() {
            output.output.release(to: performer, failure: .shuttingDown)
        }
        // What the last commits refused nobody hears of any more.
        for output in takeRefusals().flatMap(\.outputs) {
            output.release(to: performer, failure: .shuttingDown)
        }
    }

    // MARK: The turn thread

    private func runTurns(_ core: ShardCore) {
        var inbox: [ShardMessage] = []
        while !isStopping.load(ordering: .acquiring) {
            noticeCommits(core)
            if core.openByteCount >= limits.batchBytes {
                guard queue.hasRoom else {
                    // The disk is behind: let the mailbox fill and refuse.
                    wakeup.wait(nanoseconds: 1_000_000)
                    continue
                }
                // Without this, a load that never pauses would gather turns without bound.
                seal(core)
            }
            if inbox.isEmpty { mailbox.take(into: &inbox) }
            handle(&inbox, core)
            let reading = clock.reading()
            core.advance(at: reading)
            alarms.ring(at: reading.time)
            passOn(core)
            if inbox.isEmpty, !core.hasWork(at: reading), mailbox.isEmpty {
                rest(core, at: reading)
            }
        }
        for message in inbox + mailbox.close() { message.refuse(.shuttingDown) }
        noticeCommits(core)
        if core.hasOpenTurns { seal(core) }
        core.close()
    }

    /// Handles messages, with a look at everything else after each slice; leaves the rest when the
    /// open batch is full and the one before it is not committed yet.
    private func handle(_ inbox: inout [ShardMessage], _ core: ShardCore) {
        var handled = 0
        for message in inbox {
            if core.openByteCount >= limits.batchBytes {
                guard queue.hasRoom else { break }
                seal(core)
            }
            core.handle(message, at: clock.reading())
            handled += 1
            if handled % limits.messagesPerSlice == 0 || core.isSliceSpent {
                core.advance(at: clock.reading())
                passOn(core)
            }
        }
        if handled == inbox.count {
            inbox.removeAll(keepingCapacity: true)
        } else {
            inbox.removeFirst(handled)
        }
    }

    /// Has what is wanted read or decided, and what was decided committed if nothing else is.
    private func passOn(_ core: ShardCore) {
        let requests = core.takeLoads()
        if !requests.isEmpty {
            loader.submit(requests.filter { !$0.isDecision })
            decider.submit(requests.filter(\.isDecision))
        }
        if core.hasOpenTurns, queue.isIdle { seal(core) }
    }

    private func seal(_ core: ShardCore) {
        let counts = core.takeCounts()
        observer.turned(starts: counts.starts, transitions: counts.transitions)
        queue.offer(core.seal())
    }

    /// Sleeps until a message, a commit or a timer asks for the thread.
    private func rest(_ core: ShardCore, at reading: ClockReading) {
        if core.hasOpenTurns, queue.hasRoom { seal(core) }
        observer.measured(residents: core.residentCount, queued: mailbox.count)
        let isIdle =
            queue.isIdle && dispatcher.isIdle && mailbox.isEmpty && core.activityTasksInWork == 0
            && core.isQuiet
        // With nothing due the clock may still want to be read now and then.
        let due = min(
            core.nextDue(at: reading) ?? Timestamp(milliseconds: .max),
            alarms.earliest ?? Timestamp(milliseconds: .max)
        )
        wakeup.wait(nanoseconds: clock.nanoseconds(until: due, whileIdle: isIdle))
    }

    private func noticeCommits(_ core: ShardCore) {
        // Taken first, so that no refusal of the commits before it is left behind.
        let error = failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
        let refusals = takeRefusals()
        if !refusals.isEmpty { core.refused(refusals, at: clock.reading()) }
        if let error { core.commitFailed(error, at: clock.reading()) }
    }

    private func takeRefusals() -> [Refusal] {
        refusals.withLock { refusals in
            defer { refusals = [] }
            return refusals
        }
    }

    // MARK: The commit thread

    private func runCommits() {
        /// How long maintenance can wait, in milliseconds.
        var pause = 1_000
        var readers = ReaderMonitor(limits: limits, logger: logger, observer: observer)
        while true {
            switch queue.take(waitingAtMost: pause) {
            case .batch(let batch):
                commit(batch)
                queue.finish()
                wakeup.raise()
                pause = maintain(&readers)
            case .nothing:
                pause = maintain(&readers)
            case .closed:
                return
            }
        }
    }

    private func commit(_ batch: SealedBatch) {
        let begin = ContinuousClock.now
        let result: CommitResult
        do throws(StoreError) {
            result = try committer.commit(batch)
        } catch {
            observer.commitFailed()
            queue.startGeneration(batch.generation + 1)
            failure.withLock { $0 = error }
            return
        }
        observer.committed(turns: batch.batch.turns.count, in: ContinuousClock.now - begin)
        if !result.refusals.isEmpty { refusals.withLock { $0 += result.refusals } }
        for output in result.outputs { output.release(to: performer, failure: nil) }
        commits.ring()
    }

    /// Has the store do a step of its own work; says when the next one is due.
    private func maintain(_ readers: inout ReaderMonitor) -> Int {
        do throws(StoreError) {
            let maintenance = try store.maintain()
            if let report = maintenance.readers { readers.notice(report) }
            return maintenance.hasMore ? 0 : maintenance.isWaiting ? 1 : 1_000
        } catch {
            logger.error("maintenance of the store failed", metadata: ["error": "\(error)"])
            return 1_000
        }
    }
}
