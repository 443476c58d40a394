/// One turn of an execution, decoded: an input and what followed from it.
///
/// The unit of the log.
package struct Turn: Sendable, Equatable {
    package var execution: ExecutionNumber
    /// The revision of the semantics that the turn was decided under.
    package var semantics: UInt16
    /// The turn's time: max(now, the execution's last).
    package var time: Timestamp
    /// The ordinal of the first record, which is the input.
    package var firstOrdinal: Ordinal
    /// The id that the first history event of the turn has, or would have.
    package var firstEventID: EventID
    /// The input first, then what was decided.
    package var records: [Record]
    package var summary: TurnSummary

    package init(
        execution: ExecutionNumber,
        semantics: UInt16,
        time: Timestamp,
        firstOrdinal: Ordinal,
        firstEventID: EventID,
        records: [Record],
        summary: TurnSummary
    ) {
        self.execution = execution
        self.semantics = semantics
        self.time = time
        self.firstOrdinal = firstOrdinal
        self.firstEventID = firstEventID
        self.records = records
        self.summary = summary
    }

    /// How many history events the turn has: from the last one's id, since they are contiguous.
    package var eventCount: Int {
        for index in records.indices.reversed() {
            if case .event(let event) = records[index].body {
                return Int(event.id - firstEventID + 1)
            }
        }
        return 0
    }
}
