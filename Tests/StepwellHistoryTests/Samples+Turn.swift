import StepwellHistory

extension Samples {
    static let time = Timestamp(milliseconds: 1_795_000_000_123)

    /// A turn of the given records in order, each on a branch of its own; every second event hangs
    /// below the first.
    static func turn(
        inputs: [Input] = [],
        engine: [EngineRecord] = [],
        events: [HistoryEventBody] = [],
        first: Ordinal = Ordinal(1000),
        firstEventID: EventID = 41
    ) -> Turn {
        var bodies: [RecordBody] = inputs.map { .input($0) } + engine.map { .engine($0) }
        for (index, event) in events.enumerated() {
            let id = firstEventID + EventID(index)
            let previous = index.isMultiple(of: 2) ? id - 1 : firstEventID
            bodies.append(
                .event(
                    HistoryEvent(
                        id: id,
                        previousEventID: previous,
                        timestamp: time,
                        body: event
                    )
                )
            )
        }
        let records = bodies.enumerated().map { index, body in
            Record(
                ordinal: first.advanced(by: index),
                branch: BranchID(UInt32(index * 40)),
                body: body
            )
        }
        return Turn(
            execution: ExecutionNumber(123_456_789),
            semantics: 2,
            time: time,
            firstOrdinal: first,
            firstEventID: firstEventID,
            records: records,
            summary: TurnSummary(
                status: .running,
                nextDue: due,
                pendingTasks: 3,
                isRunnable: true
            )
        )
    }
}
