import StepwellHistory

extension Schedule {
    /// What a schedule does when its time has come.
    struct Turn: Sendable, Hashable {
        /// The occurrence that is delivered now; nil when it is left out.
        var delivered: Timestamp?
        /// Whether times before that were left out.
        var hasLeftOut = false
    }

    /// When it is due, by its zone's rules.
    func recurrence(_ expression: ScheduleExpression, _ zone: TimeZoneRules) -> Recurrence {
        Recurrence(
            expression,
            zone: zone,
            anchor: anchor,
            start: definition.start,
            end: definition.end
        )
    }

    /// Goes on from the occurrence that is due, by the catch-up rule when that was missed.
    mutating func turn(at now: Timestamp, by recurrence: Recurrence) -> Turn {
        guard let next, next.due <= now else { return Turn() }
        let isMissed = now.milliseconds - next.due.milliseconds >= CatchUp.tolerance
        guard isMissed else {
            cursor = next.time
            return Turn(delivered: next.time)
        }
        switch definition.catchUp {
        case .none:
            // What is not late yet is not missed.
            let latest = now.advanced(byMilliseconds: -CatchUp.tolerance)
            cursor = recurrence.last(after: next.time, notAfter: latest) ?? next.time
            return Turn(hasLeftOut: true)
        case .last:
            let last = recurrence.last(after: next.time, notAfter: now)
            cursor = last ?? next.time
            return Turn(delivered: cursor, hasLeftOut: last != nil)
        case .all:
            return turnForAll(next.time, now, by: recurrence)
        }
    }

    private mutating func turnForAll(
        _ time: Timestamp,
        _ now: Timestamp,
        by recurrence: Recurrence
    ) -> Turn {
        let age = Int64(definition.target.retryPolicy.maximumEventAgeInSeconds) * 1_000
        let oldest = now.advanced(byMilliseconds: -age)
        // What is once is made up for, however late.
        guard time < oldest, recurrence.expression.isRecurring else {
            cursor = time
            return Turn(delivered: time)
        }
        cursor = recurrence.last(after: time, notAfter: oldest) ?? time
        return Turn(hasLeftOut: true)
    }

    /// Says what comes next after what is done; `random` is drawn for a flexible window.
    mutating func plan(by recurrence: Recurrence, at now: Timestamp, random: () -> UInt64) {
        guard definition.isEnabled, let time = recurrence.next(after: cursor) else {
            next = nil
            return
        }
        guard let minutes = definition.windowMinutes else {
            next = Occurrence(time: time, due: time)
            return
        }
        let delay = Int64(random() % UInt64(minutes * 60_000))
        let due = time.advanced(byMilliseconds: delay)
        // Where windows overlap, one may be over before the one before it has come: not missed.
        next = Occurrence(time: time, due: max(due, now))
    }
}
