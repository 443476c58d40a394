package import StepwellHistory

/// Some rows of a query, and where it goes on.
package struct QueryPage<Row: Sendable>: Sendable {
    package var rows: [Row]
    /// What to ask for the next page with; nil when there are no more rows.
    package var next: QueryCursor?

    package init(rows: [Row] = [], next: QueryCursor? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// A place in the answer to a query: the row behind which it goes on.
///
/// Rows are ordered by a time (or by none) and an execution. It stays true whatever becomes of the
/// row.
package struct QueryCursor: Sendable, Hashable {
    package let time: Timestamp
    package let execution: ExecutionNumber

    /// The place behind a row; the time is 0 in queries that are ordered by execution alone.
    package init(time: Timestamp = Timestamp(milliseconds: 0), execution: ExecutionNumber) {
        self.time = time
        self.execution = execution
    }

    /// A form to give away and take back.
    package var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16)
        writer.writeSigned(time.milliseconds)
        writer.writeVarint(execution.rawValue)
        return writer.bytes
    }

    /// Reads what `bytes` wrote; nil when it is something else.
    package init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let time = try? reader.readSigned(), let number = try? reader.readVarint(),
            reader.isAtEnd
        else { return nil }
        self.init(
            time: Timestamp(milliseconds: time),
            execution: ExecutionNumber(number)
        )
    }
}

/// Which executions are listed.
package struct ListingQuery: Sendable, Hashable {
    package var stateMachineARN: String
    /// The status that they have; nil: any.
    package var status: ExecutionStatus?

    package init(stateMachineARN: String, status: ExecutionStatus? = nil) {
        self.stateMachineARN = stateMachineARN
        self.status = status
    }
}

/// An execution that waits for a time.
package struct DueRow: Sendable, Hashable {
    package var due: Timestamp
    package var execution: ExecutionNumber
    /// Whether it is a child of a Map Run.
    package var isMapRunChild: Bool

    package init(due: Timestamp, execution: ExecutionNumber, isMapRunChild: Bool) {
        self.due = due
        self.execution = execution
        self.isMapRunChild = isMapRunChild
    }
}
