import DequeModule
import StepwellHistory

/// The tasks that wait for workers and the workers that wait for tasks, per activity.
///
/// Derived from the executions' states: after a restart it is filled again by their outstanding
/// effects.
struct ActivityQueues {
    private struct Queue {
        var tasks: Deque<TaskKey> = []
        var pollers: Deque<PollCommand> = []
    }

    private var queues: [ByteKey: Queue] = [:]
    /// The tasks that stand in a queue; a task that left this set is skipped when it comes up.
    private var waiting: Set<TaskKey> = []
    private struct HandOut {
        var activityARN: String
        /// The batch that the worker's answer depends on.
        var batch: UInt64
    }

    /// The tasks whose execution is being read, to be offered to a worker.
    private var offered: [TaskKey: ByteKey] = [:]
    /// The number of such tasks per activity.
    private var offeredCounts: [ByteKey: Int] = [:]
    /// The tasks that a worker has.
    private var inWork: [TaskKey: HandOut] = [:]
    /// Where a poll waits, to take it back.
    private var polls: [RequestID: ByteKey] = [:]

    /// The number of tasks that wait for a worker.
    var waitingCount: Int { waiting.count }

    /// The number of tasks that a worker has.
    var inWorkCount: Int { inWork.count }

    /// The number of workers that wait for a task.
    var pollerCount: Int { polls.count }

    /// Lets a task wait for a worker, unless it waits already or a worker has it.
    mutating func add(_ task: TaskKey, to activityARN: String) -> Bool {
        guard inWork[task] == nil, offered[task] == nil, waiting.insert(task).inserted else {
            return false
        }
        queues[ByteKey(activityARN), default: Queue()].tasks.append(task)
        return true
    }

    /// The task that has waited longest.
    mutating func popTask(of activityARN: String) -> TaskKey? {
        let key = ByteKey(activityARN)
        while let task = queues[key]?.tasks.popFirst() {
            if waiting.remove(task) != nil { return task }
        }
        return nil
    }

    /// Whether more workers wait than tasks are on their way to them.
    func mayOffer(_ activityARN: String) -> Bool {
        let key = ByteKey(activityARN)
        return (queues[key]?.pollers.count ?? 0) > offeredCounts[key] ?? 0
    }

    /// Notes that a task's execution is being read.
    mutating func beginOffer(_ task: TaskKey, of activityARN: String) {
        let key = ByteKey(activityARN)
        if offered.updateValue(key, forKey: task) == nil {
            offeredCounts[key, default: 0] += 1
        }
    }

    /// A task's execution was read, or cannot be; false when the task is not wanted any more.
    @discardableResult
    mutating func endOffer(_ task: TaskKey) -> Bool {
        guard let key = offered.removeValue(forKey: task) else { return false }
        let left = (offeredCounts[key] ?? 1) - 1
        offeredCounts[key] = left > 0 ? left : nil
        return true
    }

    /// Puts a task before those that wait.
    mutating func putBack(_ task: TaskKey, to activityARN: String) {
        guard waiting.insert(task).inserted else { return }
        queues[ByteKey(activityARN), default: Queue()].tasks.prepend(task)
    }

    /// The worker that has waited longest, taken out only by `removePoller`.
    func firstPoller(of activityARN: String) -> PollCommand? {
        queues[ByteKey(activityARN)]?.pollers.first
    }

    /// Lets a worker wait; answers false when as many wait as may.
    mutating func add(_ poll: PollCommand, limit: Int) -> Bool {
        let key = ByteKey(poll.activityARN)
        guard (queues[key]?.pollers.count ?? 0) < limit else { return false }
        queues[key, default: Queue()].pollers.append(poll)
        polls[poll.id] = key
        return true
    }

    /// Takes a waiting worker out.
    mutating func removePoller(_ id: RequestID) -> PollCommand? {
        guard let key = polls.removeValue(forKey: id),
            let index = queues[key]?.pollers.firstIndex(where: { $0.id == id })
        else { return nil }
        return queues[key]?.pollers.remove(at: index)
    }

    /// Takes all waiting workers out.
    mutating func removeAllPollers() -> [PollCommand] {
        var removed: [PollCommand] = []
        for id in polls.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            if let poll = removePoller(id) { removed.append(poll) }
        }
        return removed
    }

    /// Notes that a worker is given the task, by an answer that depends on a batch.
    mutating func handOut(_ task: TaskKey, of activityARN: String, after batch: UInt64) {
        inWork[task] = HandOut(activityARN: activityARN, batch: batch)
    }

    /// Puts a task whose worker never heard of it before those that wait, and says of which
    /// activity it is; nil when no worker has it.
    mutating func takeBack(_ task: TaskKey) -> String? {
        guard let handOut = inWork.removeValue(forKey: task) else { return nil }
        if waiting.insert(task).inserted {
            queues[ByteKey(handOut.activityARN), default: Queue()].tasks.prepend(task)
        }
        return handOut.activityARN
    }

    /// Forgets a task that is done or no longer wanted.
    mutating func remove(_ task: TaskKey) {
        waiting.remove(task)
        inWork[task] = nil
        endOffer(task)
    }

    /// Forgets what is known of the tasks of executions that are reloaded; a task stays with its
    /// worker when the worker's answer has left.
    mutating func forget(_ executions: Set<ExecutionNumber>, durable: UInt64) {
        waiting = waiting.filter { !executions.contains($0.execution) }
        // Order-free: each is taken out by itself.
        for task in offered.keys where executions.contains(task.execution) { endOffer(task) }
        inWork = inWork.filter {
            !executions.contains($0.key.execution) || $0.value.batch <= durable
        }
    }
}
