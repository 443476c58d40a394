import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Takes up what the clock says; gives the shard's time.
    @discardableResult
    func follow(_ reading: ClockReading) -> Timestamp {
        for event in timeline.follow(reading) { tell(event) }
        return timeline.now
    }

    private func tell(_ event: Timeline.Event) {
        switch event {
        case .missed(let length):
            logger.warning(
                "the engine did not get to run; tasks get the time back",
                metadata: ["milliseconds": "\(length)"]
            )
        case .setForward(let length):
            logger.warning(
                "the clock was set forward; tasks get the time back",
                metadata: ["milliseconds": "\(length)"]
            )
        case .setBack(let length):
            logger.warning(
                "the clock was set back; the engine's time runs slower until the clock catches up",
                metadata: ["milliseconds": "\(length)"]
            )
        case .followedBack(let length):
            logger.error(
                "the clock was set back too far; waits take that much longer",
                metadata: ["milliseconds": "\(length)"]
            )
        }
    }

    /// The time that the timers of a resident execution ask for next, in view of the time that
    /// workers could not use; nil when it has none.
    func nextTimer(of resident: ResidentExecution) -> (fires: Timestamp, timer: ArmedTimer)? {
        var next: (fires: Timestamp, timer: ArmedTimer)?
        // A deadline is never before the time that the timer is due.
        for timer in resident.state.timers.elements.reversed() {
            if let next, next.fires <= timer.due { break }
            let patience = timeline.gaps.isEmpty ? nil : resident.state.patience(of: timer)
            let fires = timeline.deadline(of: timer, patience)
            if next.map({ fires < $0.fires }) ?? true { next = (fires, timer) }
        }
        return next
    }

    /// Puts the next timer of a resident execution into the queue, and nothing if it has none.
    func queueTimer(of resident: ResidentExecution) {
        let summary = resident.head.summary
        let fires = summary.status == .running ? nextTimer(of: resident)?.fires : nil
        timers.set(fires, for: resident.number, isIndexed: fires == nil || fires == summary.nextDue)
    }

    /// The newest time that is known to be recorded without reading the log; nil when nothing was
    /// ever started.
    func newestRecordedTime() throws(StoreError) -> Timestamp? {
        guard let number = try store.newest(), number != .catalog,
            let newest = try store.head(of: number)
        else { return nil }
        return max(newest.startDate, catalogHead.lastTime)
    }
}
