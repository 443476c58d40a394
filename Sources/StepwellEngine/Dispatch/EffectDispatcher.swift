import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// Has tasks done by connectors: a bounded number at once, each on the cooperative pool.
///
/// Results go back into the shard as inputs until they are taken or refused; a result that comes
/// too late is refused there and dropped here.
final class EffectDispatcher: EffectPerformer {
    /// Where the tasks in hand are.
    ///
    ///     queued ──▶ running ──▶ (result taken or refused) gone
    ///        └─ cancel ─▶ gone    └─ cancel ─▶ the task is cancelled and its result dropped
    private struct State: Sendable {
        var queue: Deque<TaskAssignment> = []
        var queued: Set<TaskKey> = []
        var running: [TaskKey: Task<Void, Never>?] = [:]
        /// Running tasks that only wait, and do not count.
        var aside: Set<TaskKey> = []
        /// Tasks called back before their handle was noted.
        var cancelledEarly: Set<TaskKey> = []
        var isClosed = false
    }

    /// Who hears from here: closures as members of a type, never a closure alone in the `Mutex`,
    /// where each look at it would wrap it once more.
    private struct Listeners: Sendable {
        var result: ResultSender?
        var errand: ErrandSender?
        var idleness: IdleAction?
    }

    private let state = Mutex(State())
    private let registry: ConnectorRegistry
    private let limit: Int
    private let logger: Logger
    private let observer: EngineObserver
    private let listeners = Mutex(Listeners())

    init(
        registry: ConnectorRegistry,
        limit: Int,
        logger: Logger,
        observer: EngineObserver
    ) {
        self.registry = registry
        self.limit = limit
        self.logger = logger
        self.observer = observer
    }

    /// Says where results and errands go; before the first effect.
    func connect(
        _ sender: @escaping ResultSender,
        children: @escaping ErrandSender
    ) {
        listeners.withLock { listeners in
            listeners.result = sender
            listeners.errand = children
        }
    }

    /// Says who is told when no task is in hand any more.
    func onIdle(_ action: @escaping IdleAction) {
        listeners.withLock { $0.idleness = action }
    }

    /// Gives an input to an execution and says what became of it.
    typealias ResultSender = @Sendable (ExecutionNumber, Input) async -> InputAnswer

    /// Gives an errand to the shard.
    typealias ErrandSender = @Sendable (ChildCommand) -> Void

    /// Hears that no task is in hand any more.
    typealias IdleAction = @Sendable () -> Void

    // MARK: EffectPerformer

    func perform(_ effect: DispatchedEffect) {
        switch effect {
        case .dispatch(let assignment): dispatch(assignment)
        case .cancel(let key): cancel(key)
        case .child(let errand): run(errand, rest: .milliseconds(20))
        }
    }

    /// Has an errand done, again and again until it is recorded or nobody wants it.
    private func run(_ errand: ChildErrand, rest: Duration) {
        guard !isClosed, let sender = listeners.withLock({ $0.errand }) else { return }
        let command = ChildCommand(errand) { [weak self] answer in
            guard case .failed(let error) = answer, let self, !isClosed else { return }
            logger.warning("errand not recorded yet", metadata: ["error": "\(error)"])
            Task {
                do { try await Task.sleep(for: rest) } catch { return }
                self.run(errand, rest: min(rest * 2, .seconds(2)))
            }
        }
        sender(command)
    }

    func holds(_ task: TaskKey) -> Bool {
        state.withLock { $0.queued.contains(task) || $0.running[task] != nil }
    }

    func serves(_ offer: TaskOffer) -> Bool { registry.serves(offer) }

    func resumes(_ assignment: TaskAssignment) -> Bool {
        registry.connector(for: connectorTask(assignment))?.resumesSubmittedTasks == true
    }

    func observe(_ execution: ClosedExecution) {
        observer.closed(execution)
    }

    /// Whether no task is in hand.
    var isIdle: Bool {
        state.withLock { $0.queued.isEmpty && $0.running.isEmpty }
    }

    /// Cancels everything and takes no more; returns when every connector has returned.
    func close() async {
        let running = state.withLock { state in
            state.isClosed = true
            state.queue = []
            state.queued = []
            return state.running.values.compactMap { $0 }
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
    }

    // MARK: Running

    private func dispatch(_ assignment: TaskAssignment) {
        state.withLock { state in
            guard !state.isClosed, state.running[assignment.key] == nil,
                state.queued.insert(assignment.key).inserted
            else { return }
            state.queue.append(assignment)
        }
        startQueued()
    }

    private func cancel(_ key: TaskKey) {
        let task = state.withLock { state -> Task<Void, Never>? in
            state.queued.remove(key)
            guard let running = state.running[key] else { return nil }
            if running == nil { state.cancelledEarly.insert(key) }
            return running
        }
        task?.cancel()
    }

    private func startQueued() {
        while let assignment = nextQueued() {
            let task = Task {
                await self.run(assignment)
                self.finish(assignment.key)
            }
            let isCancelled = state.withLock { state in
                // The task may have ended, or been called back, before it was noted.
                if state.running[assignment.key] != nil { state.running[assignment.key] = task }
                return state.cancelledEarly.remove(assignment.key) != nil || state.isClosed
            }
            if isCancelled { task.cancel() }
        }
    }

    private func nextQueued() -> TaskAssignment? {
        state.withLock { state in
            while state.running.count - state.aside.count < limit, let next = state.queue.popFirst()
            {
                guard state.queued.remove(next.key) != nil else { continue }
                state.running[next.key] = .some(nil)
                return next
            }
            return nil
        }
    }

    private func finish(_ key: TaskKey) {
        state.withLock { state in
            _ = state.running.removeValue(forKey: key)
            state.aside.remove(key)
            state.cancelledEarly.remove(key)
        }
        startQueued()
        if isIdle { listeners.withLock { $0.idleness }?() }
    }

    /// Lets another task run while this one waits: a parent that waits for its child must not keep
    /// the child's own tasks from running.
    private func stepAside(_ key: TaskKey) {
        state.withLock { state in
            if state.running[key] != nil { state.aside.insert(key) }
        }
        startQueued()
    }

    private func run(_ assignment: TaskAssignment) async {
        let ordinal = assignment.key.ordinal
        let input: Input
        var isSubmitting = assignment.dispatch.isInTwoHalves && !assignment.isSubmitted
        do {
            switch try await work(on: assignment) {
            case .succeeded(let output): input = .taskSucceeded(ordinal, output: output)
            case .submitted(let output): input = .taskSubmitted(ordinal, output: output)
            case .submittedThen(let output, let finish):
                if !assignment.isSubmitted {
                    await deliver(.taskSubmitted(ordinal, output: output), of: assignment)
                }
                isSubmitting = false
                stepAside(assignment.key)
                input = .taskSucceeded(ordinal, output: try await finish())
            }
        } catch let failure as TaskFailure {
            // A handler that was called back says so in its own way; that is no result.
            if Task.isCancelled { return }
            input =
                isSubmitting && !failure.isWholeTask
                ? .taskSubmitFailed(ordinal, failure.failure)
                : .taskFailed(ordinal, failure.failure)
        } catch {
            if Task.isCancelled { return }
            let failure = Failure(error: "States.TaskFailed", cause: String(describing: error))
            input =
                isSubmitting
                ? .taskSubmitFailed(ordinal, failure) : .taskFailed(ordinal, failure)
        }
        await deliver(input, of: assignment)
    }

    private func work(on assignment: TaskAssignment) async throws -> TaskOutcome {
        let task = connectorTask(assignment)
        guard let connector = registry.connector(for: task) else {
            throw TaskFailure.noHandler(for: assignment.dispatch)
        }
        return try await observer.observing(assignment) { try await connector.run(task) }
    }

    private func connectorTask(_ assignment: TaskAssignment) -> ConnectorTask {
        let key = assignment.key
        var task = ConnectorTask(
            dispatch: assignment.dispatch,
            execution: key.execution,
            executionARN: assignment.executionARN,
            stateMachineARN: assignment.stateMachineARN,
            testCase: assignment.testCase,
            token: assignment.token,
            isRedelivery: assignment.isRedelivery,
            heartbeat: { [weak self] in try await self?.heartbeat(key) }
        )
        task.isSubmitted = assignment.isSubmitted
        task.traceHeader = assignment.traceHeader
        return task
    }

    private func heartbeat(_ key: TaskKey) async throws {
        switch await send(key.execution, .taskHeartbeat(key.ordinal)) {
        case .accepted: return
        case .refused, .unknown: throw ServiceError.taskTimedOut
        case .failed(let error): throw error
        }
    }

    /// Sends a result until it is recorded, or nobody wants it.
    private func deliver(_ input: Input, of assignment: TaskAssignment) async {
        var rest = Duration.milliseconds(20)
        while true {
            switch await send(assignment.key.execution, input) {
            case .accepted:
                return
            case .refused, .unknown:
                logger.debug(
                    "late result refused",
                    metadata: ["execution": "\(assignment.executionARN)"]
                )
                return
            case .failed(let error):
                guard !isClosed else { return }
                logger.warning("result not recorded yet", metadata: ["error": "\(error)"])
                do { try await Task.sleep(for: rest) } catch { return }
                rest = min(rest * 2, .seconds(2))
            }
        }
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func send(_ execution: ExecutionNumber, _ input: Input) async -> InputAnswer {
        guard let sender = listeners.withLock({ $0.result }) else {
            return .failed(.shuttingDown)
        }
        return await sender(execution, input)
    }
}
