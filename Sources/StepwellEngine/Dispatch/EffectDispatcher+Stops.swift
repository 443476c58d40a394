import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// The jobs that are to be stopped since nobody waits for them any more.
struct JobStops: Sendable {
    /// Those whose turn has not come.
    var waiting: Deque<TaskAssignment> = []
    /// Every one in hand.
    var keys: Set<TaskKey> = []
    /// Those that are being stopped.
    var running: [TaskKey: Task<Void, Never>] = [:]
}

/// The order to stop a job is given to its connector until it says that it was obeyed, which is
/// noted in the log of the execution: until then it is owed, and given again after a restart.
extension EffectDispatcher {
    /// How many jobs are stopped at once.
    private static let concurrentStops = 8
    /// How often a stop is tried before it is left to the next start of the engine.
    private static let stopAttempts = 24

    func stop(_ assignment: TaskAssignment) {
        state.withLock { state in
            guard !state.isClosed, state.stops.keys.insert(assignment.key).inserted else { return }
            state.stops.waiting.append(assignment)
        }
        startStops()
    }

    private func startStops() {
        while let next = nextStop() {
            let task = Task {
                await self.obey(next)
                self.endStop(next.key)
            }
            let isOver = state.withLock { state in
                // It may have ended before it was noted.
                if state.stops.keys.contains(next.key) { state.stops.running[next.key] = task }
                return state.isClosed
            }
            if isOver { task.cancel() }
        }
    }

    private func nextStop() -> TaskAssignment? {
        state.withLock { state in
            let inHand = state.stops.keys.count - state.stops.waiting.count
            return inHand < Self.concurrentStops ? state.stops.waiting.popFirst() : nil
        }
    }

    private func endStop(_ key: TaskKey) {
        state.withLock { state in
            state.stops.keys.remove(key)
            state.stops.running[key] = nil
        }
        startStops()
    }

    /// Has a job stopped and notes that it is; leaves it owed when that cannot be done.
    private func obey(_ assignment: TaskAssignment) async {
        let task = connectorTask(assignment)
        var rest = Duration.milliseconds(250)
        for attempt in 1...Self.stopAttempts where !isClosed {
            do {
                try await registry.connector(for: task)?.stop(task)
                return await note(assignment)
            } catch {
                guard !isClosed else { return }
                logger.warning(
                    "a job that nobody waits for is not stopped yet",
                    metadata: ["task": "\(TaskLabel(assignment))", "error": "\(error)"]
                )
                guard attempt < Self.stopAttempts else { return }
                do { try await Task.sleep(for: rest) } catch { return }
                rest = min(rest * 2, .seconds(60))
            }
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
