import Dispatch
import Foundation
import Logging
import NIOCore
import StepwellEngine

/// The processes of one function, and the invocations that wait for one.
///
/// An invocation is given to the process that was used last. When none is free another is started,
/// as long as fewer are being started than invocations wait, within the function's concurrency; who
/// waits takes whichever is free first. A process that does not start fails one that waits, so that
/// code that cannot run is not started for ever.
///
/// What it knows is bound to its event loop: any use of it elsewhere ends the process. `invoke` and
/// `close` go there.
final class FunctionPool: Sendable {
    private struct State {
        /// The newest revision of the code that somebody has asked for.
        var revision: UInt64 = 0
        var waiting = CircularBuffer<Invocation>()
        var workers: [ObjectIdentifier: FunctionWorker] = [:]
        /// The one that was used last is last.
        var idle: [FunctionWorker] = []
        var startingCount = 0
        var watch: RepeatedTask?
        /// Whether somebody reads what the processes take.
        var isLooking = false
        /// Before it is not read again.
        var lookDue = NIODeadline.now()
        /// Whether workers end when they have nothing to do.
        var isEnding = false
        /// Whether nothing more is taken.
        var isClosed = false
        var closing: [EventLoopPromise<Void>] = []
    }

    /// How many invocations may wait.
    private static let maximumWaiting = 10_000
    /// How many processes are started at once: more would only share the processors.
    private static let maximumStarting = max(2, ProcessInfo.processInfo.activeProcessorCount * 2)
    /// How long who comes waits for a process that has just answered.
    private static let patience = TimeAmount.milliseconds(20)
    /// How often is looked at memory, at those that have nothing to do and at who waits too long.
    private static let watchInterval = TimeAmount.milliseconds(100)

    /// However long it takes to read what processes take, that is done again after this time.
    private static let longestRest = Duration.seconds(5)

    let plan: FunctionPlan
    let loop: any EventLoop
    private let code: CodeWatch
    private let logger: Logger
    private let state: NIOLoopBoundBox<State>
    private var own: State {
        get { state.value }
        _modify { yield &state.value }
    }

    init(_ plan: FunctionPlan, on loop: any EventLoop, logger: Logger) {
        self.plan = plan
        self.loop = loop
        state = .makeBoxSendingValue(State(), eventLoop: loop)
        code = CodeWatch(directory: plan.settings.directory)
        var logger = logger
        logger[metadataKey: "function"] = "\(plan.settings.name)"
        self.logger = logger
    }

    /// Runs the function; cancelling the task takes an invocation that waits away, and leaves one
    /// that runs to itself, as on AWS.
    func invoke(_ invocation: Invocation) async -> Result<FunctionAnswer, AWSFault> {
        let revision = await code.revision()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                invocation.wait(continuation)
                loop.execute { self.submit(invocation, revision) }
            }
        } onCancel: {
            invocation.answer(.failure(.cancelled))
        }
    }

    /// Ends the processes, at once or when they are free and nothing waits, and takes nothing more
    /// when at once; returns when none is left.
    func close(atOnce: Bool) async {
        let promise = loop.makePromise(of: Void.self)
        loop.execute {
            self.own.closing.append(promise)
            self.own.isEnding = true
            if atOnce { self.stop() }
            self.retire(self.own.workers.values.map { $0 })
            self.settle()
        }
        try? await promise.futureResult.get()
    }

    // MARK: Invocations

    private func submit(_ invocation: Invocation, _ revision: UInt64) {
        guard !own.isClosed else { return invocation.answer(.failure(.cancelled)) }
        if revision > own.revision {
            if own.revision > 0 { logger.notice("the function's code has changed") }
            own.revision = revision
            retire(own.workers.values.filter { $0.revision < revision })
        }
        guard own.waiting.count < Self.maximumWaiting else { return throttle(invocation) }
        own.waiting.append(invocation)
        assign(isPatient: true)
        if !own.waiting.isEmpty {
            loop.scheduleTask(in: Self.patience) { [weak self] in self?.assign() }
        }
    }

    /// Throttles those that have waited too long and that no process is on its way to.
    private func expire() {
        guard own.workers.count >= plan.settings.concurrency else { return }
        let oldest = NIODeadline.now() - TimeAmount(plan.settings.queueTimeout)
        while own.waiting.count > own.startingCount {
            let place = own.waiting.index(own.waiting.startIndex, offsetBy: own.startingCount)
            guard own.waiting[place].came < oldest else { return }
            let invocation = own.waiting.remove(at: place)
            throttle(invocation)
        }
    }

    private func throttle(_ invocation: Invocation) {
        let fault = ServiceFault(
            code: "TooManyRequestsException",
            message: "Rate Exceeded.",
            status: 429,
            requestID: invocation.id
        )
        invocation.answer(.failure(.service(fault)))
    }

    /// Gives invocations that wait to those that are idle, and starts more where none are.
    ///
    /// A process that has just answered is back in a moment: to who is patient it counts as one
    /// that is on its way.
    private func assign(isPatient: Bool = false) {
        while let invocation = own.waiting.first {
            guard invocation.isWanted else {
                own.waiting.removeFirst()
                continue
            }
            guard let worker = own.idle.popLast() else { break }
            if worker.deliver(invocation) { own.waiting.removeFirst() }
        }
        let returning = isPatient ? own.workers.values.filter(\.isReturning).count : 0
        while own.startingCount < min(own.waiting.count - returning, Self.maximumStarting),
            own.workers.count < plan.settings.concurrency
        {
            start()
        }
    }

    private func start() {
        let worker = FunctionWorker(plan, revision: own.revision, pool: self, logger: logger)
        own.workers[ObjectIdentifier(worker)] = worker
        own.startingCount += 1
        if own.watch == nil {
            own.watch = loop.scheduleRepeatedTask(
                initialDelay: Self.watchInterval,
                delay: Self.watchInterval
            ) { [weak self] _ in self?.look() }
        }
        worker.start()
    }

    // MARK: What workers tell

    /// It has begun to ask for invocations.
    func hasStarted(_ worker: FunctionWorker) {
        own.startingCount -= 1
    }

    /// It has nothing to do.
    func isReady(_ worker: FunctionWorker) {
        let isUsedUp = plan.settings.invocationsPerProcess.map { worker.invocations >= $0 }
        guard !worker.isRetired, isUsedUp != true else { return worker.kill() }
        own.idle.append(worker)
        assign()
        if own.isEnding { retire(own.idle) }
    }

    /// It does not ask for invocations any more.
    func isAway(_ worker: FunctionWorker) {
        own.idle.removeAll { $0 === worker }
    }

    /// It has done an invocation.
    func isFinished(_ worker: FunctionWorker) {
        settle()
    }

    /// It has failed before it asked for an invocation.
    func didNotStart(_ worker: FunctionWorker, _ failure: WorkerFailure) {
        own.startingCount -= 1
        guard !worker.isRetired, !own.isClosed else { return }
        logger.error("the function did not start", metadata: ["reason": "\(failure.reported)"])
        while let invocation = own.waiting.popFirst() {
            guard invocation.isWanted else { continue }
            let outcome = InvocationOutcome.failed(failure)
            return invocation.answer(.success(outcome.answer(to: invocation, tail: nil)))
        }
    }

    /// Its process is gone.
    func isGone(_ worker: FunctionWorker) {
        own.workers[ObjectIdentifier(worker)] = nil
        own.idle.removeAll { $0 === worker }
        assign()
        settle()
    }

    // MARK: The end of workers

    private func look() {
        let oldest = NIODeadline.now() - TimeAmount(plan.settings.idleTimeout)
        for worker in own.idle where worker.idleSince < oldest { retire([worker]) }
        expire()
        if own.workers.isEmpty {
            own.watch?.cancel()
            own.watch = nil
        }
        let running = own.workers.values.compactMap(\.process)
        guard !own.isLooking, own.lookDue <= .now(), !running.isEmpty else { return }
        own.isLooking = true
        // Reading takes a moment, which the loop has no time for.
        DispatchQueue.global().async { [self] in
            let begin = ThreadTime.used()
            let uses = Urgency.high {
                let uses = ProcessTable.current().uses(of: Set(running.map(\.leader)))
                for process in running where uses[process.leader].map(plan.isMultiplied) == true {
                    process.terminate()
                }
                return uses
            }
            let excesses = uses.compactMapValues(plan.excess)
            let rest = min((ThreadTime.used() - begin) * 20, Self.longestRest)
            loop.execute { self.end(excesses, rest: rest) }
        }
    }

    /// Ends workers that take more than they may, by their groups; looks again after a rest.
    private func end(_ excesses: [Int32: WorkerFailure], rest: Duration) {
        own.isLooking = false
        own.lookDue = .now() + TimeAmount(rest)
        guard !excesses.isEmpty else { return }
        // Order-free: each is looked at by itself.
        for worker in own.workers.values {
            guard let process = worker.process, let failure = excesses[process.leader] else {
                continue
            }
            logger.error(
                "the function's process was ended",
                metadata: ["reason": "\(failure.reported)"]
            )
            isAway(worker)
            worker.fail(failure)
        }
    }

    /// Has workers end as soon as they are free.
    private func retire(_ retired: [FunctionWorker]) {
        for worker in retired {
            worker.isRetired = true
            if own.idle.contains(where: { $0 === worker }) {
                own.idle.removeAll { $0 === worker }
                worker.kill()
            }
        }
    }

    private func stop() {
        own.isClosed = true
        for invocation in own.waiting { invocation.answer(.failure(.cancelled)) }
        own.waiting.removeAll()
        // Order-free: all of them.
        for worker in own.workers.values {
            worker.abandon()
            worker.kill(grace: .milliseconds(500))
        }
    }

    private func settle() {
        guard !own.closing.isEmpty, own.workers.isEmpty, own.waiting.isEmpty else { return }
        own.watch?.cancel()
        own.watch = nil
        for promise in own.closing { promise.succeed() }
        own.closing = []
    }
}
