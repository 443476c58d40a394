import DequeModule

/// What a connector does few tasks of at once: those of a lane take turns beside all the others.
package struct TaskLane: Sendable, Hashable {
    /// The same for every task of the lane.
    package let name: String
    /// How many of its tasks may run at once; 1 at least.
    package let width: Int

    package init(name: String, width: Int) {
        self.name = name
        self.width = max(1, width)
    }
}

/// The lanes that tasks are in.
///
///     enter ──(there is room)──▶ running ──leave──▶ the next that waits
///       └──────(there is none)─▶ waiting
struct TaskLanes: Sendable {
    private struct Lane: Sendable {
        var running = 0
        var waiting: Deque<EffectDispatcher.Queued> = []
    }

    private var lanes: [TaskLane: Lane] = [:]

    /// Takes a place for a task, or has the task wait for one.
    mutating func enter(_ task: EffectDispatcher.Queued) -> Bool {
        guard let lane = task.lane else { return true }
        guard lanes[lane, default: Lane()].running < lane.width else {
            lanes[lane]?.waiting.append(task)
            return false
        }
        lanes[lane, default: Lane()].running += 1
        return true
    }

    /// Gives a place back.
    mutating func leave(_ lane: TaskLane?) {
        if let lane { lanes[lane]?.running -= 1 }
    }

    /// The next task of a lane that may take a place, if there is one.
    ///
    /// Asked whenever one that had or was to have a place is gone.
    mutating func next(
        in lane: TaskLane?,
        isWanted: (TaskKey) -> Bool
    ) -> EffectDispatcher.Queued? {
        guard let lane, let known = lanes[lane], known.running < lane.width else { return nil }
        while let next = lanes[lane]?.waiting.popFirst() {
            if isWanted(next.key) { return next }
        }
        if known.running == 0 { lanes[lane] = nil }
        return nil
    }
}
