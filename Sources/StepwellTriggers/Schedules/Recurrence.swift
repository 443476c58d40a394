package import StepwellHistory

/// The times at which a schedule is due: an expression, the zone whose clocks it speaks of, and the
/// dates between which it counts.
///
/// Local times that clocks skip when they are set forward are left out, and those that they show
/// twice when they are set back are due the first time only (EventBridge Scheduler User Guide,
/// "Daylight savings time on EventBridge Scheduler"). Rates know nothing of clocks.
package struct Recurrence: Sendable {
    package let expression: ScheduleExpression
    package let zone: TimeZoneRules
    /// The first time of a rate.
    package let anchor: Timestamp
    /// Nothing recurring is due before.
    package let start: Timestamp?
    /// Nothing recurring is due after.
    package let end: Timestamp?

    package init(
        _ expression: ScheduleExpression,
        zone: TimeZoneRules = .utc,
        anchor: Timestamp,
        start: Timestamp? = nil,
        end: Timestamp? = nil
    ) {
        self.expression = expression
        self.zone = zone
        self.anchor = anchor
        self.start = start
        self.end = end
    }

    /// The first time after another at which the schedule is due; nil when there is none.
    package func next(after time: Timestamp) -> Timestamp? {
        switch expression {
        case .at(let local):
            guard let due = zone.instants(of: local).first, due > time else { return nil }
            return due
        case .rate(let seconds):
            return within(rate(seconds * 1_000, after: time))
        case .cron(let cron):
            return within(next(of: cron, after: time))
        }
    }

    /// The next times at which the schedule is due, at most `count`.
    package func times(after time: Timestamp, count: Int) -> [Timestamp] {
        var found: [Timestamp] = []
        var last = time
        while found.count < count, let next = next(after: last) {
            found.append(next)
            last = next
        }
        return found
    }

    /// The last time at which the schedule is due that is after one time and not after another.
    package func last(after earliest: Timestamp, notAfter latest: Timestamp) -> Timestamp? {
        // Ever larger steps back, so that what lies long ago is not gone through.
        var span: Int64 = 60_000
        while true {
            let from = max(earliest, latest.advanced(byMilliseconds: -span))
            if var found = next(after: from), found <= latest {
                while let later = next(after: found), later <= latest { found = later }
                return found
            }
            if from == earliest { return nil }
            span *= 4
        }
    }

    private func within(_ due: Timestamp?) -> Timestamp? {
        guard let due, due <= end ?? due else { return nil }
        return due
    }

    private func rate(_ period: Int64, after time: Timestamp) -> Timestamp {
        let first = start ?? anchor
        guard time >= first else { return first }
        let (passed, _) = (time.milliseconds - first.milliseconds).flooredDivision(by: period)
        return first.advanced(byMilliseconds: (passed + 1) * period)
    }

    private func next(of cron: CronExpression, after time: Timestamp) -> Timestamp? {
        let after = max(time, start?.advanced(byMilliseconds: -1) ?? time)
        var local = zone.latestClock(notAfter: after)
        while let candidate = cron.next(after: local) {
            if let due = zone.instants(of: candidate).first, due > after { return due }
            local = candidate
        }
        return nil
    }
}
