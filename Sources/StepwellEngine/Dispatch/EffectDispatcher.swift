import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// Has tasks done by connectors: a bounded number at once, each on the cooperative pool.
///
/// Results go back into the shard as inputs until they are taken or refused; a result that comes
/// too late is refused there and dropped here. Tasks that queue keep what they are to be done with
/// up to a number of bytes; the shard tells it again of the others when their turn comes.
final class EffectDispatcher: EffectPerformer {
    /// A task that waits for its turn.
    struct Queued: Sendable {
        let key: TaskKey
        let isRedelivery: Bool
        /// The lane that it is in, if its connector has lanes.
        var lane: TaskLane?
    }

    /// A task that is being worked on.
    struct Running: Sendable {
        /// Nil until it is noted.
        var task: Task<Void, Never>?
        /// Whether it only waits, and does not count.
        var isAside = false
        /// Whether it was called back before its handle was noted.
        var isCancelled = false
        /// The lane that it takes a place in.
        var lane: TaskLane?
        /// Which it is; nil until it is known.
        var label: TaskLabel?
    }

    /// Where the tasks in hand are.
    ///
    ///     queued ──▶ running ──▶ (result taken or refused) gone
    ///        └─ cancel ─▶ gone    └─ cancel ─▶ the task is cancelled and its result dropped
    struct State: Sendable {
        var queue: Deque<Queued> = []
        var queued: Set<TaskKey> = []
        /// What queued tasks are to be done with, as far as there is room for it.
        var held: [TaskKey: TaskAssignment] = [:]
        var heldBytes = 0
        var running: [TaskKey: Running] = [:]
        var asideCount = 0
        /// How many tasks rest; see `TaskRest`.
        var restingCount = 0
        var stops = JobStops()
        /// What is known of lanes with tasks in hand.
        var lanes = TaskLanes()
        /// Whether nothing is begun yet.
        var isSuspended = false
        var isClosed = false
    }

    /// Who hears from here: closures as members of a type, never a closure alone in the `Mutex`,
    /// where each look at it would wrap it once more.
    struct Listeners: Sendable {
        var result: ResultSender?
        var errand: ErrandSender?
        var recall: Recall?
        var idleness: IdleAction?
        /// Errands that were asked for before anybody could be told: by the recovery of a shard
        /// that has just begun.
        var earlyErrands: [ChildErrand] = []
    }

    let state: Mutex<State>
    let listeners = Mutex(Listeners())
    let registry: ConnectorRegistry
    let permissions: (any TaskPermissions)?
    let limits: EngineLimits
    let logger: Logger
    let observer: EngineObserver
    private let mapRuns: MapRunWorker

    init(
        registry: ConnectorRegistry,
        mapRuns: MapRunWorker,
        permissions: (any TaskPermissions)?,
        limits: EngineLimits,
        isSuspended: Bool,
        logger: Logger,
        observer: EngineObserver
    ) {
        state = Mutex(State(isSuspended: isSuspended))
        self.registry = registry
        self.mapRuns = mapRuns
        self.permissions = permissions
        self.limits = limits
        self.logger = logger
        self.observer = observer
    }

    /// Says where results and errands go, and who knows tasks by their keys.
    func connect(
        _ sender: @escaping ResultSender,
        children: @escaping ErrandSender,
        recall: @escaping Recall
    ) {
        let early = listeners.withLock { listeners in
            listeners.result = sender
            listeners.errand = children
            listeners.recall = recall
            defer { listeners.earlyErrands = [] }
            return listeners.earlyErrands
        }
        for errand in early { perform(.child(errand)) }
    }

    /// Says who is told when no task is in hand any more.
    func onIdle(_ action: @escaping IdleAction) {
        listeners.withLock { $0.idleness = action }
    }

    /// Gives an input to an execution and says what became of it.
    typealias ResultSender = @Sendable (ExecutionNumber, Input) async -> InputAnswer

    /// Gives an errand to the shard.
    typealias ErrandSender = @Sendable (ChildCommand) -> Void

    /// Tells again what an open task is to be done with; nil when it is over.
    typealias Recall = @Sendable (TaskKey) async -> Result<TaskAssignment?, ServiceError>

    /// Hears that no task is in hand any more.
    typealias IdleAction = @Sendable () -> Void

    // MARK: EffectPerformer

    func perform(_ effect: DispatchedEffect) {
        switch effect {
        case .dispatch(let assignment): dispatch(assignment)
        case .cancel(let key): cancel(key)
        case .child(let errand): run(errand, rest: .milliseconds(20))
        case .data(let assignment): mapRuns.perform(assignment)
        case .stop(let assignment): stop(assignment)
        }
    }

    /// Has an errand done, again and again until it is recorded or nobody wants it.
    private func run(_ errand: ChildErrand, rest: Duration) {
        let sender = listeners.withLock { listeners -> ErrandSender? in
            if listeners.errand == nil { listeners.earlyErrands.append(errand) }
            return listeners.errand
        }
        guard !isClosed, let sender else { return }
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
        let task = connectorTask(assignment)
        return registry.connector(for: task)?.resumes(task) == true
    }

    func observe(_ execution: ClosedExecution) {
        observer.closed(execution)
    }

    /// Whether no task is in hand but those that rest, and nothing is read or written.
    var isIdle: Bool {
        let isResting = state.withLock { $0.queued.isEmpty && $0.running.count <= $0.restingCount }
        return isResting && mapRuns.isIdle
    }

    /// The bytes that queued tasks hold.
    var queuedBytes: Int { state.withLock { $0.heldBytes } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    // MARK: The end

    /// Cancels everything and takes no more; returns when every connector has returned or the
    /// deadline has passed, and names the tasks that are left then.
    func close(by deadline: Deadline) async {
        let running = state.withLock { state in
            state.isClosed = true
            state.queue = []
            state.queued = []
            state.held = [:]
            state.heldBytes = 0
            state.stops.waiting = []
            state.lanes = TaskLanes()
            return state.running.values.compactMap(\.task) + state.stops.running.values
        }
        for task in running { task.cancel() }
        await mapRuns.close(by: deadline)
        guard await !deadline.end(of: { for task in running { await task.value } }) else { return }
        let (left, stops) = state.withLock { state in
            (state.running.values.map(\.label), state.stops.running.count)
        }
        if stops > 0 {
            logger.notice(
                "jobs that are being stopped are told so again at the next start",
                metadata: ["count": "\(stops)"]
            )
        }
        // The time may be over before anybody looked, and everything done all the same.
        guard !left.isEmpty else { return }
        let named = left.prefix(Self.namedTasks).map { $0?.description ?? "(not known)" }
        logger.error(
            "the engine ends without waiting for handlers that do not return",
            metadata: ["count": "\(left.count)", "tasks": "\(named.joined(separator: ", "))"]
        )
    }

    /// How many tasks that are left behind are named.
    private static let namedTasks = 10

    // MARK: Queueing

    private func dispatch(_ assignment: TaskAssignment) {
        let key = assignment.key
        let lane = registry.hasLanes ? lane(of: assignment) : nil
        let queued = Queued(key: key, isRedelivery: assignment.isRedelivery, lane: lane)
        state.withLock { state in
            guard !state.isClosed, state.running[key] == nil, state.queued.insert(key).inserted
            else { return }
            state.queue.append(queued)
            guard state.heldBytes + assignment.byteCount <= limits.queuedTaskBytes else { return }
            state.held[key] = assignment
            state.heldBytes += assignment.byteCount
        }
        startQueued()
    }

    private func cancel(_ key: TaskKey) {
        let task = state.withLock { state -> Task<Void, Never>? in
            state.queued.remove(key)
            _ = state.takeHeld(key)
            state.running[key]?.isCancelled = true
            return state.running[key]?.task
        }
        task?.cancel()
    }

    /// Has what waits begun, and what comes.
    func resume() {
        state.withLock { $0.isSuspended = false }
        startQueued()
        startStops()
        tellIdleness()
    }

    private func startQueued() {
        while let queued = nextQueued() {
            let task = Task {
                await self.run(queued)
                self.finish(queued.key)
            }
            let isCancelled = state.withLock { state in
                // The task may have ended, or been called back, before it was noted.
                state.running[queued.key]?.task = task
                return state.running[queued.key]?.isCancelled == true || state.isClosed
            }
            if isCancelled { task.cancel() }
        }
    }

    /// The lane of a task by its connector.
    private func lane(of assignment: TaskAssignment) -> TaskLane? {
        let task = connectorTask(assignment)
        return registry.connector(for: task)?.lane(of: task)
    }

    private func nextQueued() -> Queued? {
        state.withLock { state in
            while !state.isSuspended,
                state.running.count - state.asideCount < limits.concurrentTasks,
                let next = state.queue.popFirst()
            {
                guard state.queued.contains(next.key) else {
                    state.goOn(in: next.lane)
                    continue
                }
                guard state.lanes.enter(next) else { continue }
                state.queued.remove(next.key)
                state.running[next.key] = Running(lane: next.lane)
                return next
            }
            return nil
        }
    }

    private func finish(_ key: TaskKey) {
        state.withLock { state in
            guard let ended = state.running.removeValue(forKey: key) else { return }
            if ended.isAside { state.asideCount -= 1 }
            state.lanes.leave(ended.lane)
            state.goOn(in: ended.lane)
        }
        startQueued()
        tellIdleness()
    }

    private func tellIdleness() {
        if isIdle { listeners.withLock { $0.idleness }?() }
    }

    /// A rest of a task, which lets others run meanwhile.
    func rest(of key: TaskKey) -> TaskRest {
        TaskRest(
            begun: { [weak self] in
                guard let self else { return }
                stepAside(key)
                state.withLock { $0.restingCount += 1 }
                tellIdleness()
            },
            ended: { [weak self] in self?.state.withLock { $0.restingCount -= 1 } }
        )
    }

    /// Lets another task run while this one waits: a parent that waits for its child must not keep
    /// the child's own tasks from running.
    func stepAside(_ key: TaskKey) {
        state.withLock { state in
            guard state.running[key]?.isAside == false else { return }
            state.running[key]?.isAside = true
            state.asideCount += 1
        }
        startQueued()
    }
}

extension EffectDispatcher.State {
    /// Gives the next task of a lane its turn.
    mutating func goOn(in lane: TaskLane?) {
        let next = lanes.next(in: lane) { [queued] in queued.contains($0) }
        if let next { queue.prepend(next) }
    }

    /// Takes what a queued task is to be done with; nil when there was no room for it.
    mutating func takeHeld(_ key: TaskKey) -> TaskAssignment? {
        guard let assignment = held.removeValue(forKey: key) else { return nil }
        heldBytes -= assignment.byteCount
        return assignment
    }
}

extension TaskAssignment {
    /// About how much memory it takes.
    fileprivate var byteCount: Int {
        dispatch.parameters.text.count + (submitted?.text.count ?? 0) + 512
    }
}
