package import StepwellEngine
package import StepwellHistory
import StepwellInterpreter

/// A shard of the engine in a simulated world, single-threaded: everything that happens, and in
/// which order, follows from one seed.
///
/// Drives the same `ShardCore` as the engine's threads do. Commits take their time: up to two
/// sealed batches wait, so that turns are decided on what is not durable yet.
package final class Simulation {
    package private(set) var store: SimulatedStore
    /// What the core runs on: `store`, or another that is opened again after a crash.
    package private(set) var journal: any EventStore
    private let reopen: (() throws -> any EventStore)?
    package private(set) var core: ShardCore
    package let world: SimulatedWorld
    package private(set) var now: Timestamp
    private var uptime: Int64 = 0
    private var missed: Int64 = 0
    package private(set) var turnsTaken = 0
    package private(set) var crashCount = 0
    /// One line per thing that happened.
    package private(set) var trace: [String] = []

    private let configuration: EngineConfiguration
    private let entropy: SeededEntropy
    private var random: SeededGenerator
    private var inbox: [ShardMessage] = []
    private var sealed: [SealedBatch] = []
    private var loads: [LoadRequest] = []
    private var refusals: [StepwellEngine.Refusal] = []
    /// Whether the core hears of refused starts at some later step, as the engine's turn thread
    /// does.
    package var hearsLate = false
    private var results: [(key: TaskKey, input: Input)] = []
    private let answers = AnswerBox()
    /// The longest queue of sealed batches.
    private static let slots = 2

    /// A simulation over a store, which may hold what an earlier one left: a simulated one, or
    /// another that `reopen` opens, at the start and after each crash.
    package init(
        seed: UInt64,
        store: SimulatedStore = SimulatedStore(),
        reopen: (() throws -> any EventStore)? = nil,
        world: SimulatedWorld,
        configuration: EngineConfiguration = EngineConfiguration(),
        start: Timestamp = Timestamp(milliseconds: 1_767_225_600_000)
    ) throws {
        self.store = store
        self.reopen = reopen
        let journal = try reopen?() ?? store
        self.journal = journal
        self.world = world
        self.configuration = configuration
        entropy = SeededEntropy(seed: seed)
        random = SeededGenerator(seed: seed ^ 0x5157_4550)
        now = start
        core = try ShardCore(
            store: journal,
            entropy: entropy,
            performer: world,
            configuration: configuration
        )
    }

    // MARK: Doing one thing

    /// Sends a message; it is handled at some later step.
    package func send(_ message: ShardMessage) {
        inbox.append(message)
    }

    /// Handles the oldest message.
    package func handleMessage() {
        guard !inbox.isEmpty else { return }
        core.handle(inbox.removeFirst(), at: reading)
        note("message")
    }

    /// Lets the core do a slice of what is due.
    package func advance() {
        core.advance(at: reading)
    }

    /// Seals what was decided, when there is room in the queue.
    package func seal() {
        guard core.hasOpenTurns, sealed.count < Self.slots else { return }
        let batch = core.seal()
        turnsTaken += batch.batch.turns.count
        sealed.append(batch)
        note("seal \(batch.number): \(batch.batch.turns.count) turns")
    }

    /// Commits the oldest sealed batch; answers whether it is durable.
    @discardableResult
    package func commit() -> Bool {
        guard !sealed.isEmpty else { return true }
        let batch = sealed.removeFirst()
        let result: CommitResult
        do throws(StoreError) {
            result = try core.committer.commit(batch)
        } catch {
            note("commit \(batch.number) fails: \(error.code)")
            sealed = []
            core.commitFailed(error, at: reading)
            return false
        }
        note("commit \(batch.number)")
        refusals += result.refusals
        if !hearsLate { hear() }
        for output in result.outputs { output.release(to: world, failure: nil) }
        maintain()
        return true
    }

    /// Lets the core hear of the starts that commits refused.
    package func hear() {
        guard !refusals.isEmpty else { return }
        let heard = refusals
        refusals = []
        core.refused(heard, at: reading)
    }

    /// Lets the store do a step of its own work.
    private func maintain() {
        do throws(StoreError) {
            _ = try journal.maintain()
        } catch {
            note("maintenance fails: \(error)")
        }
    }

    /// Reads something that the core wants read.
    package func load() {
        loads += core.takeLoads()
        guard !loads.isEmpty else { return }
        let request = loads.remove(at: Int(random.next() % UInt64(loads.count)))
        note("load")
        core.handle(.loaded(request.perform(on: journal) { reading }), at: reading)
    }

    /// Whether something is wanted read, or being read.
    package var isLoading: Bool {
        loads += core.takeLoads()
        return !loads.isEmpty
    }

    /// Lets the handler of some waiting task run.
    package func runTask() {
        guard world.waitingCount > 0 else { return }
        let index = Int(random.next() % UInt64(world.waitingCount))
        guard let (key, assignment, response) = world.run(at: index) else { return }
        note("task \(assignment.dispatch.stateName) of \(key.execution.rawValue)")
        switch response {
        case .succeed(let output):
            results.append((key, .taskSucceeded(key.ordinal, output: output)))
        case .fail(let failure):
            results.append((key, .taskFailed(key.ordinal, failure)))
        case .submit(let output):
            results.append((key, .taskSubmitted(key.ordinal, output: output)))
        case .vanish:
            break
        }
    }

    /// Delivers some result; the engine may refuse it, or fail and be given it again.
    package func deliverResult() {
        settleAnswers()
        guard !results.isEmpty else { return }
        let index = Int(random.next() % UInt64(results.count))
        let (key, input) = results.remove(at: index)
        let answers = self.answers
        let command = InputCommand(execution: key.execution, input: input) { answer in
            answers.put(key, input, answer)
        }
        core.handle(.input(command), at: reading)
    }

    /// Does some errand between executions, one that fails is there again, or stops a job.
    package func runErrand() {
        if let stopped = world.stopJob() {
            results.append((stopped, .nestedStopped(stopped.ordinal)))
        }
        guard world.errandCount > 0 else { return }
        let index = Int(random.next() % UInt64(world.errandCount))
        guard let errand = world.takeErrand(at: index) else { return }
        let world = self.world
        let command = ChildCommand(errand) { answer in
            if case .failed = answer { world.perform(.child(errand)) }
        }
        core.handle(.child(command), at: reading)
    }

    /// Does some read or write of a Map Run; what is not recorded is done again.
    package func runData() {
        guard world.dataCount > 0 else { return }
        let index = Int(random.next() % UInt64(world.dataCount))
        guard let (assignment, input) = world.takeData(at: index) else { return }
        note("data of \(assignment.execution.rawValue)")
        let world = self.world
        let command = InputCommand(execution: assignment.execution, input: input) { answer in
            if case .failed = answer { world.perform(.data(assignment)) }
        }
        core.handle(.input(command), at: reading)
    }

    private func settleAnswers() {
        for (key, input, answer) in answers.take() {
            if case .failed = answer {
                results.append((key, input))
            } else {
                world.settle(key)
            }
        }
    }

    /// Lets time pass.
    package func pass(milliseconds: Int64) {
        now = now.advanced(byMilliseconds: milliseconds)
        uptime += milliseconds
    }

    /// Lets time pass in which the process is stopped.
    package func pause(milliseconds: Int64) {
        pass(milliseconds: milliseconds)
        missed += milliseconds
    }

    /// Sets the clock forward or back; no time passes.
    package func setClock(byMilliseconds step: Int64) {
        now = now.advanced(byMilliseconds: step)
    }

    /// What the clock says.
    package var reading: ClockReading {
        ClockReading(time: now, uptime: uptime, missed: missed)
    }

    // MARK: Doing many

    /// Whether nothing can happen but time passing.
    package var isQuiet: Bool {
        settleAnswers()
        return inbox.isEmpty && results.isEmpty && sealed.isEmpty && world.waitingCount == 0
            && world.errandCount == 0 && world.dataCount == 0 && world.stopCount == 0
            && refusals.isEmpty && !isLoading && !core.hasOpenTurns && !core.hasWork(at: reading)
    }

    /// Does one thing, chosen by the seed; answers false when there is nothing left to do, ever.
    package func step() -> Bool {
        if isQuiet {
            guard let due = core.nextDue(at: reading) else { return false }
            pass(milliseconds: max(0, due.milliseconds - now.milliseconds))
            note("time \(now.milliseconds)")
        }
        if hearsLate, random.next() % 4 == 0 { hear() }
        switch random.next() % 9 {
        case 0, 1: handleMessage()
        case 2: advance()
        case 3: seal()
        case 4, 5: commit()
        case 6: runTask()
        case 7: load()
        default:
            deliverResult()
            runErrand()
            runData()
        }
        return true
    }

    /// Goes on until nothing is left to do, at most `limit` steps; answers whether it got there.
    @discardableResult
    package func run(atMost limit: Int = 200_000) -> Bool {
        for _ in 0..<limit where !step() { return true }
        return false
    }

    /// The process dies: what is not durable is gone, and another starts on what is.
    package func crash() throws {
        note("crash")
        crashCount += 1
        world.crash()
        sealed = []
        inbox = []
        results = []
        loads = []
        refusals = []
        _ = answers.take()
        store = store.image()
        journal = store
        core = try begin()
        guard let reopen else { return }
        // Nothing holds the store of before any more, which its owner has alone.
        journal = try reopen()
        core = try begin()
    }

    private func begin() throws -> ShardCore {
        try ShardCore(
            store: journal,
            entropy: entropy,
            performer: world,
            configuration: configuration
        )
    }

    private func note(_ line: String) {
        trace.append(line)
        if trace.count > 20_000 { trace.removeFirst(10_000) }
    }
}
