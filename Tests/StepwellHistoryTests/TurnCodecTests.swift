import StepwellHistory
import Testing

@Suite("The binary form of a turn")
struct TurnCodecTests {
    private static let previous = TurnDigest(bytes: Array(200..<232))

    private static func decode(
        _ bytes: [UInt8],
        resolve: (PayloadLocation) -> [UInt8]? = { _ in nil }
    ) throws -> Turn {
        try TurnCodec.decode(bytes, resolve: resolve)
    }

    @Test("Every record comes back", arguments: Samples.families.map(\.name) + ["all"])
    func roundTrip(_ family: String) throws {
        let turn = Samples.families.first { $0.name == family }?.turn ?? Samples.everything
        let (bytes, digest) = TurnCodec.encode(turn, previous: Self.previous, shard: 513)
        let decoded = try Self.decode(bytes)
        #expect(decoded == turn)
        for (was, has) in zip(turn.records, decoded.records) where was != has {
            Issue.record("\(was) became \(has)")
        }
        #expect(try TurnCodec.storedDigest(of: bytes) == digest)
        #expect(Array(bytes.suffix(32)) == digest.bytes)
    }

    @Test("The samples have every case of inputs and engine records")
    func coverage() {
        let inputs =
            Samples.inputs + Samples.mapRunInputs + Samples.redrives + Samples.submissions
            + Samples.nestedInputs + Samples.mapRunDataInputs + Samples.closedTogether
        let records =
            Samples.engineRecords + Samples.mapRunRecords + Samples.mapRunDataRecords
            + Samples.refusals
        #expect(Set(inputs.map(\.caseNumber)) == Set(0...19))
        #expect(Set(records.map(\.caseNumber)) == Set((0...19).filter { $0 != 16 }))
    }

    @Test("The header and the start are read without the records")
    func peek() throws {
        let turn = Samples.everything
        let (bytes, _) = TurnCodec.encode(turn, previous: Self.previous, shard: 7)
        let header = try TurnCodec.peek(bytes)
        #expect(header.shard == 7)
        #expect(header.execution == turn.execution)
        #expect(header.semantics == turn.semantics)
        #expect(header.time == turn.time)
        #expect(header.firstOrdinal == turn.firstOrdinal)
        #expect(header.lastOrdinal == turn.records.last?.ordinal)
        #expect(header.recordCount == turn.records.count)
        #expect(header.firstEventID == turn.firstEventID)
        #expect(header.eventCount == Samples.events.count)
        #expect(header.lastEventID == turn.firstEventID + EventID(Samples.events.count) - 1)
        #expect(header.summary == turn.summary)
        #expect(header.previous == Self.previous)
        let start = try #require(try TurnCodec.peekStart(bytes))
        #expect(start.executionName == Samples.start.name)
        #expect(start.stateMachineARN == Samples.start.stateMachineARN)
        #expect(start.startDate == turn.time)
        let later = TurnCodec.encode(Samples.turn(inputs: [.continueTurn]), previous: .origin)
        #expect(try TurnCodec.peekStart(later.bytes) == nil)
    }

    @Test("A summary without a timer, of every status", arguments: ExecutionStatus.allCases)
    func summary(_ status: ExecutionStatus) throws {
        var turn = Samples.turn(inputs: [.continueTurn])
        turn.summary = TurnSummary(
            status: status,
            nextDue: nil,
            pendingTasks: .max,
            isRunnable: false
        )
        let (bytes, _) = TurnCodec.encode(turn, previous: .origin)
        #expect(try TurnCodec.peek(bytes).summary == turn.summary)
        #expect(try Self.decode(bytes) == turn)
    }

    @Test("The digest depends on the turn before, the shard and every record")
    func chain() {
        let turn = Samples.turn(inputs: [.continueTurn], events: [.parallelStateStarted])
        var other = turn
        other.records[1].branch = BranchID(77)
        let digests = [
            TurnCodec.encode(turn, previous: .origin).digest,
            TurnCodec.encode(turn, previous: Self.previous).digest,
            TurnCodec.encode(turn, previous: .origin, shard: 1).digest,
            TurnCodec.encode(other, previous: .origin).digest,
        ]
        #expect(Set(digests).count == digests.count)
    }

    @Test("Turns follow one another in one buffer")
    func buffer() throws {
        let first = Samples.turn(inputs: Samples.inputs)
        let second = Samples.turn(events: Samples.events)
        var writer = ByteWriter()
        let digest = TurnCodec.encode(first, previous: .origin, into: &writer)
        let boundary = writer.count
        _ = TurnCodec.encode(second, previous: digest, into: &writer)
        let bytes = writer.bytes
        #expect(try Self.decode(Array(bytes[..<boundary])) == first)
        #expect(try Self.decode(Array(bytes[boundary...])) == second)
    }

    @Test("An unknown version is refused by name")
    func version() {
        var (bytes, _) = TurnCodec.encode(Samples.everything, previous: .origin)
        bytes[0] = 2
        #expect(throws: TurnCodecError(.unknownVersion(2), at: 0)) { try TurnCodec.peek(bytes) }
        let text = TurnCodecError(.unknownVersion(2)).description
        #expect(text == "the turn has format version 2; this engine reads 1")
    }

    @Test("Opaque turns keep their body and are verified")
    func opaque() throws {
        let (encoded, _) = TurnCodec.encode(Samples.everything, previous: .origin)
        let header = try TurnCodec.peek(encoded)
        var (bytes, digest) = TurnCodec.encodeOpaque(header: header, body: [1, 2, 3])
        let decoded = try TurnCodec.decodeOpaque(bytes)
        #expect(decoded.header == header)
        #expect(decoded.body == [1, 2, 3])
        #expect(try TurnCodec.storedDigest(of: bytes) == digest)
        bytes[bytes.count - 33] ^= 1
        #expect(throws: TurnCodecError(.digestMismatch)) { try TurnCodec.decodeOpaque(bytes) }
    }
}

extension Input {
    /// A number for every case; a new case does not compile until it has one.
    fileprivate var caseNumber: Int {
        switch self {
        case .start: 0
        case .taskStarted: 1
        case .taskSubmitted: 2
        case .taskSucceeded: 3
        case .taskFailed: 4
        case .taskHeartbeat: 5
        case .timerFired: 6
        case .stop: 7
        case .continueTurn: 8
        case .raiseSemantics: 9
        case .childClosed: 10
        case .mapRunUpdated: 11
        case .redrive: 12
        case .taskSubmitFailed: 13
        case .nestedStopped: 14
        case .itemsRead: 15
        case .itemsNotRead: 16
        case .resultsWritten: 17
        case .resultsNotWritten: 18
        case .childrenClosed: 19
        }
    }
}

extension EngineRecord {
    /// A number for every case; a new case does not compile until it has one.
    fileprivate var caseNumber: Int {
        switch self {
        case .timerArmed: 0
        case .retryScheduled: 1
        case .catcherMatched: 2
        case .ruleMatched: 3
        case .tokenMinted: 4
        case .randomDrawn: 5
        case .itemsResolved: 6
        case .branchFailed: 7
        case .activityAbsent: 8
        case .stateFailed: 9
        case .taskRedelivered: 10
        case .semanticsRaised: 11
        case .mapRunPrepared: 12
        case .childScheduled: 13
        case .handlerAbsent: 14
        case .activitiesExhausted: 15
        case .childRedriven: 16
        case .mapRunConfigured: 17
        case .batchScheduled: 18
        case .resultsDue: 19
        }
    }
}
