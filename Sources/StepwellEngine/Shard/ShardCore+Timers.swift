import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Fires what is due, earliest first, a bounded number at a time.
    func fireTimers(at now: Timestamp) {
        var looks = 0
        while looks < limits.timersPerSlice, !isSliceSpent, stage.hasRoom(limits),
            let entry = timers.popDue(at: now)
        {
            looks += 1
            if let resident = residents[entry.execution] {
                resident.isRecent = true
                looks += fire(resident, at: now, atMost: limits.timersPerSlice - looks)
            } else if quarantine[entry.execution] == nil {
                stage.park(.timer, for: entry.execution, isUrgent: false)
            }
        }
    }

    /// Fires the due timers of one execution and says how many they were.
    func fire(_ resident: ResidentExecution, at now: Timestamp, atMost limit: Int) -> Int {
        var fired = 0
        while fired <= limit, !isSliceSpent, !resident.isPutOff,
            let (fires, timer) = nextTimer(of: resident),
            fires <= now
        {
            if endIfDeleted(resident, before: .timerFired(timer.ordinal), at: now) { return fired }
            guard case .accepted = turn(resident, .timerFired(timer.ordinal), at: now) else {
                logger.error(
                    "a due timer was refused",
                    metadata: [
                        "execution": "\(resident.number.rawValue)",
                        "timer": "\(timer.ordinal.rawValue)",
                    ]
                )
                // Nothing else would wake the execution before the engine is opened again.
                let later = now.advanced(byMilliseconds: limits.longestRestMilliseconds)
                timers.set(later, for: resident.number, isIndexed: false)
                return fired
            }
            fired += 1
        }
        queueTimer(of: resident)
        return fired
    }
}
