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
/// `@unchecked Sendable`: it is used on its event loop alone, but for `invoke` and `close`, which
/// go there.
final class FunctionPool: @unchecked Sendable {
    /// How many invocations may wait.
    private static let maximumWaiting = 10_000
    /// How many processes are started at once: more would only share the processors.
    private static let maximumStarting = max(2, ProcessInfo.processInfo.activeProcessorCount * 2)
    /// How long who comes waits for a process that has just answered.
    private static let patience = TimeAmount.milliseconds(20)
    /// How often is looked at memory, at those that have nothing to do and at who waits too long.
    private static let watchInterval = TimeAmount.milliseconds(100)

    let plan: FunctionPlan
    let loop: any EventLoop
    private let code: CodeWatch
    private let logger: Logger
    private var stamp: CodeStamp?
    private var waiting = CircularBuffer<Invocation>()
    private var workers: [ObjectIdentifier: FunctionWorker] = [:]
    /// The one that was used last is last.
    private var idle: [FunctionWorker] = []
    private var startingCount = 0
    private var watch: RepeatedTask?
    /// Whether workers end when they have nothing to do.
    private var isEnding = false
    /// Whether nothing more is taken.
    private var isClosed = false
    private var closing: [EventLoopPromise<Void>] = []

    init(_ plan: FunctionPlan, on loop: any EventLoop, logger: Logger) {
        self.plan = plan
        self.loop = loop
        code = CodeWatch(directory: plan.settings.directory)
        var logger = logger
        logger[metadataKey: "function"] = "\(plan.settings.name)"
        self.logger = logger
    }

    /// Runs the function; cancelling the task takes an invocation that waits away, and leaves one
    /// that runs to itself, as on AWS.
    func invoke(_ invocation: Invocation) async -> Result<FunctionAnswer, AWSFault> {
        let stamp = await code.stamp()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                invocation.wait(continuation)
                loop.execute { self.submit(invocation, stamp) }
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
            self.closing.append(promise)
            self.isEnding = true
            if atOnce { self.stop() }
            self.retire(self.workers.values.map { $0 })
            self.settle()
        }
        try? await promise.futureResult.get()
    }

    // MARK: Invocations

    private func submit(_ invocation: Invocation, _ stamp: CodeStamp) {
        guard !isClosed else { return invocation.answer(.failure(.cancelled)) }
        if let known = self.stamp, known != stamp {
            logger.notice("the function's code has changed")
            retire(workers.values.filter { $0.stamp != stamp })
        }
        self.stamp = stamp
        guard waiting.count < Self.maximumWaiting else { return throttle(invocation) }
        waiting.append(invocation)
        assign(isPatient: true)
        if !waiting.isEmpty {
            loop.scheduleTask(in: Self.patience) { [weak self] in self?.assign() }
        }
    }

    /// Throttles those that have waited too long and that no process is on its way to.
    private func expire() {
        guard workers.count >= plan.settings.concurrency else { return }
        let oldest = NIODeadline.now() - TimeAmount(plan.settings.queueTimeout)
        while waiting.count > startingCount {
            let place = waiting.index(waiting.startIndex, offsetBy: startingCount)
            guard waiting[place].came < oldest else { return }
            let invocation = waiting.remove(at: place)
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
        while let invocation = waiting.first {
            guard invocation.isWanted else {
                waiting.removeFirst()
                continue
            }
            guard let worker = idle.popLast() else { break }
            if worker.deliver(invocation) { waiting.removeFirst() }
        }
        let returning = isPatient ? workers.values.filter(\.isReturning).count : 0
        while startingCount < min(waiting.count - returning, Self.maximumStarting),
            workers.count < plan.settings.concurrency
        {
            start()
        }
    }

    private func start() {
        guard let stamp else { return }
        let worker = FunctionWorker(plan, stamp: stamp, pool: self, logger: logger)
        workers[ObjectIdentifier(worker)] = worker
        startingCount += 1
        if watch == nil {
            watch = loop.scheduleRepeatedTask(
                initialDelay: Self.watchInterval,
                delay: Self.watchInterval
            ) { [weak self] _ in self?.look() }
        }
        worker.start()
    }

    // MARK: What workers tell

    /// It has begun to ask for invocations.
    func hasStarted(_ worker: FunctionWorker) {
        startingCount -= 1
    }

    /// It has nothing to do.
    func isReady(_ worker: FunctionWorker) {
        let isUsedUp = plan.settings.invocationsPerProcess.map { worker.invocations >= $0 }
        guard !worker.isRetired, isUsedUp != true else { return worker.kill() }
        idle.append(worker)
        assign()
        if isEnding { retire(idle) }
    }

    /// It does not ask for invocations any more.
    func isAway(_ worker: FunctionWorker) {
        idle.removeAll { $0 === worker }
    }

    /// It has done an invocation.
    func isFinished(_ worker: FunctionWorker) {
        settle()
    }

    /// It has failed before it asked for an invocation.
    func didNotStart(_ worker: FunctionWorker, _ failure: WorkerFailure) {
        startingCount -= 1
        guard !worker.isRetired, !isClosed else { return }
        logger.error("the function did not start", metadata: ["reason": "\(failure.reported)"])
        while let invocation = waiting.popFirst() {
            guard invocation.isWanted else { continue }
            let outcome = InvocationOutcome.failed(failure)
            return invocation.answer(.success(outcome.answer(to: invocation, tail: nil)))
        }
    }

    /// Its process is gone.
    func isGone(_ worker: FunctionWorker) {
        workers[ObjectIdentifier(worker)] = nil
        idle.removeAll { $0 === worker }
        assign()
        settle()
    }

    // MARK: The end of workers

    private func look() {
        let limit = plan.settings.memoryMegabytes.map { $0 << 20 }
        let oldest = NIODeadline.now() - TimeAmount(plan.settings.idleTimeout)
        // Order-free: each is looked at by itself.
        for worker in workers.values {
            if let limit, let process = worker.process,
                MemoryUse.resident(of: process.id) > limit
            {
                worker.fail(.outOfMemory)
                isAway(worker)
            }
        }
        for worker in idle where worker.idleSince < oldest { retire([worker]) }
        expire()
        if workers.isEmpty {
            watch?.cancel()
            watch = nil
        }
    }

    /// Has workers end as soon as they are free.
    private func retire(_ retired: [FunctionWorker]) {
        for worker in retired {
            worker.isRetired = true
            if idle.contains(where: { $0 === worker }) {
                idle.removeAll { $0 === worker }
                worker.kill()
            }
        }
    }

    private func stop() {
        isClosed = true
        for invocation in waiting { invocation.answer(.failure(.cancelled)) }
        waiting.removeAll()
        // Order-free: all of them.
        for worker in workers.values {
            worker.abandon()
            worker.kill(grace: .milliseconds(500))
        }
    }

    private func settle() {
        guard !closing.isEmpty, workers.isEmpty, waiting.isEmpty else { return }
        watch?.cancel()
        watch = nil
        for promise in closing { promise.succeed() }
        closing = []
    }
}
