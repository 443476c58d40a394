import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// The jobs that are to be stopped since nobody waits for them any more.
///
///     waiting ──▶ running ──▶ (stopped, and that is noted) gone
///        ▲           │
///        └─ resting ◀┘ when it could not be done
struct JobStops: Sendable {
    /// A job to be stopped.
    struct Order: Sendable {
        let assignment: TaskAssignment
        /// How often it was tried.
        var attempts = 0
    }

    /// Those whose turn has not come.
    var waiting: Deque<Order> = []
    /// Every one in hand.
    var keys: Set<TaskKey> = []
    /// How many are to be tried again after a while.
    var resting = 0
    /// What works on those that are being stopped, or rest.
    var running: [TaskKey: Task<Void, Never>] = [:]

    /// How many are being stopped.
    var count: Int { keys.count - waiting.count - resting }
}

/// The order to stop a job is given to its connector until it says that it was obeyed, which is
/// noted in the log of the execution: until then it is owed, and given again after a restart.
extension EffectDispatcher {
    /// How many jobs are stopped at once; one that has to be tried again leaves its place to others
    /// meanwhile.
    private static let concurrentStops = 32
    private static let longestRest = Duration.seconds(60)

    func stop(_ assignment: TaskAssignment) {
        state.withLock { state in
            guard !state.isClosed, state.stops.keys.insert(assignment.key).inserted else { return }
            state.stops.waiting.append(JobStops.Order(assignment: assignment))
        }
        startStops()
    }

    func startStops() {
        while let next = nextStop() {
            let key = next.assignment.key
            let task = Task { await self.obey(next) }
            let isOver = state.withLock { state in
                // It may have ended before it was noted.
                if state.stops.keys.contains(key) { state.stops.running[key] = task }
                return state.isClosed
            }
            if isOver { task.cancel() }
        }
    }

    private func nextStop() -> JobStops.Order? {
        state.withLock { state in
            guard !state.isClosed, !state.isSuspended, state.stops.count < Self.concurrentStops
            else { return nil }
            return state.stops.waiting.popFirst()
        }
    }

    /// Has a job stopped and notes that it is, or tries it again after a rest.
    private func obey(_ order: JobStops.Order) async {
        let key = order.assignment.key
        let task = connectorTask(order.assignment)
        do {
            try await registry.connector(for: task)?.stop(task)
            await note(order.assignment)
            state.withLock { state in
                state.stops.keys.remove(key)
                state.stops.running[key] = nil
            }
        } catch {
            guard !isClosed else { return }
            var order = order
            order.attempts += 1
            // What cannot be done for long is said less and less often.
            if order.attempts.nonzeroBitCount == 1 {
                logger.warning(
                    "an abandoned job has not been stopped yet",
                    metadata: [
                        "task": "\(TaskLabel(order.assignment))", "error": "\(error)",
                        "attempts": "\(order.attempts)",
                    ]
                )
            }
            await rest(order)
        }
        startStops()
    }

    /// Puts an order behind the others after a while.
    private func rest(_ order: JobStops.Order) async {
        state.withLock { $0.stops.resting += 1 }
        startStops()
        let rest = Duration.milliseconds(125 << min(order.attempts, 10))
        do { try await Task.sleep(for: min(rest, Self.longestRest)) } catch { return }
        state.withLock { state in
            guard !state.isClosed else { return }
            state.stops.resting -= 1
            state.stops.running[order.assignment.key] = nil
            state.stops.waiting.append(order)
        }
    }

    private func note(_ assignment: TaskAssignment) async {
        var rest = Duration.milliseconds(20)
        let stopped = Input.nestedStopped(assignment.key.ordinal)
        while case .failed = await send(assignment.key.execution, stopped), !isClosed {
            do { try await Task.sleep(for: rest) } catch { return }
            rest = min(rest * 2, .seconds(2))
        }
    }
}
