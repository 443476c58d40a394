/// What a turn says before its records: enough to index it without decoding them.
package struct TurnHeader: Sendable, Hashable {
    package var shard: UInt16
    package var semantics: UInt16
    package var execution: ExecutionNumber
    package var firstOrdinal: Ordinal
    package var firstEventID: EventID
    package var recordCount: Int
    package var eventCount: Int
    package var time: Timestamp
    package var summary: TurnSummary
    /// The digest of the execution's turn before.
    package var previous: TurnDigest

    package init(
        shard: UInt16,
        semantics: UInt16,
        execution: ExecutionNumber,
        firstOrdinal: Ordinal,
        firstEventID: EventID,
        recordCount: Int,
        eventCount: Int,
        time: Timestamp,
        summary: TurnSummary,
        previous: TurnDigest
    ) {
        self.shard = shard
        self.semantics = semantics
        self.execution = execution
        self.firstOrdinal = firstOrdinal
        self.firstEventID = firstEventID
        self.recordCount = recordCount
        self.eventCount = eventCount
        self.time = time
        self.summary = summary
        self.previous = previous
    }

    /// The ordinal of the last record.
    package var lastOrdinal: Ordinal { firstOrdinal.advanced(by: recordCount - 1) }

    /// The id of the newest event after the turn.
    package var lastEventID: EventID { firstEventID &+ EventID(eventCount) &- 1 }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        shard = try reader.readFixed16()
        semantics = try reader.readFixed16()
        execution = ExecutionNumber(try reader.readVarint())
        firstOrdinal = Ordinal(try reader.readVarint())
        firstEventID = try reader.readSigned()
        recordCount = try reader.readCount()
        eventCount = try reader.readCount()
        guard !firstOrdinal.rawValue.addingReportingOverflow(UInt64(recordCount)).overflow,
            !firstEventID.addingReportingOverflow(EventID(eventCount)).overflow
        else { throw ByteReaderError(.invalid("record or event count"), at: reader.position) }
        time = Timestamp(milliseconds: try reader.readSigned())
        let status = try reader.readByte()
        guard Int(status) < ExecutionStatus.codes.count else {
            throw ByteReaderError(.invalid("execution status"), at: reader.position - 1)
        }
        let distance = try reader.readFlag() ? try reader.readSigned() : nil
        let now = time.milliseconds
        summary = TurnSummary(
            status: ExecutionStatus.codes[Int(status)],
            nextDue: distance.map { Timestamp(milliseconds: now &+ $0) },
            pendingTasks: try reader.readNumber(),
            isRunnable: try reader.readFlag()
        )
        previous = TurnDigest(bytes: try reader.readRaw(TurnCodec.digestSize))
    }
}

extension ExecutionStatus {
    /// The statuses by their code in the formats; append only.
    static let codes: [ExecutionStatus] = [.running, .succeeded, .failed, .timedOut, .aborted]

    var code: UInt8 {
        switch self {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .timedOut: 3
        case .aborted: 4
        }
    }
}
