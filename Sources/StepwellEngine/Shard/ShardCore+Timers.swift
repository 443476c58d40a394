import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Fires what is due, earliest first, a bounded number at a time.
    func fireTimers(at now: Timestamp) {
        if timers.needsRefill, !isRefillBlocked { refillOrLog() }
        var looks = 0
        while looks < limits.timersPerSlice, let entry = timers.popDue(at: now) {
            looks += 1
            switch loaded(entry.execution) {
            case .resident(let resident):
                looks += fire(resident, at: now, atMost: limits.timersPerSlice - looks)
            case .absent: continue
            case .unreadable: fireLater(entry.execution, at: now)
            }
        }
    }

    /// Nothing else would wake the execution before the engine is opened again.
    private func fireLater(_ execution: ExecutionNumber, at now: Timestamp) {
        let later = now.advanced(byMilliseconds: limits.longestRestMilliseconds)
        timers.set(later, for: execution)
    }

    /// Fires the due timers of one execution and says how many they were.
    private func fire(_ resident: ResidentExecution, at now: Timestamp, atMost limit: Int) -> Int {
        var fired = 0
        while fired <= limit, let (fires, timer) = nextTimer(of: resident), fires <= now {
            if endIfDeleted(resident, before: .timerFired(timer.ordinal), at: now) { return fired }
            guard case .accepted = turn(resident, .timerFired(timer.ordinal), at: now) else {
                logger.error(
                    "a due timer was refused",
                    metadata: [
                        "execution": "\(resident.number.rawValue)",
                        "timer": "\(timer.ordinal.rawValue)",
                    ]
                )
                fireLater(resident.number, at: now)
                return fired
            }
            fired += 1
        }
        queueTimer(of: resident)
        return fired
    }

    /// Whether the store's index has nothing new to say: the turns that fired what it lists are
    /// not durable yet.
    var isRefillBlocked: Bool {
        timers.count == 0 && refilledAt == watermark.durable && !undurable.isEmpty
    }

    private func refillOrLog() {
        do throws(StoreError) {
            try refillTimers()
        } catch {
            logger.error("timers could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// Fetches the earliest timers from the store's index, and from the states that it does not
    /// know yet; gives what the index said.
    @discardableResult
    func refillTimers() throws(StoreError) -> [DueRow] {
        let durable = watermark.durable
        let limit = limits.timerQueueCapacity / 2
        var rows: [DueRow] = []
        var page = QueryPage<DueRow>()
        repeat {
            page = try store.due(after: page.next, looks: limit - rows.count)
            rows += page.rows
        } while page.next != nil && rows.count < limit
        timers.refill(rows, isComplete: page.next == nil)
        refilledAt = durable
        for (number, _) in undurable {
            if let resident = residents[number] { queueTimer(of: resident) }
        }
        return rows
    }
}
