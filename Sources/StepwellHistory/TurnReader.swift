/// Reads the records of one turn; the counterpart of `TurnWriter`.
struct TurnReader {
    var reader: ByteReader
    private let header: TurnHeader
    private let resolve: (PayloadLocation) -> [UInt8]?
    private var names: [String] = []
    private var ordinal: Ordinal
    private var eventID: EventID
    /// The payloads that this turn is the first to hold, in the order of their locations.
    private var payloads: [(location: PayloadLocation, text: [UInt8])] = []
    /// The location that could not be resolved.
    private var unresolved: PayloadLocation?

    init(
        reader: ByteReader,
        header: TurnHeader,
        resolve: @escaping (PayloadLocation) -> [UInt8]?
    ) {
        self.reader = reader
        self.header = header
        self.resolve = resolve
        ordinal = header.firstOrdinal
        eventID = header.firstEventID
    }

    mutating func turn() throws(TurnCodecError) -> Turn {
        do throws(ByteReaderError) {
            return Turn(
                execution: header.execution,
                semantics: header.semantics,
                time: header.time,
                firstOrdinal: header.firstOrdinal,
                firstEventID: header.firstEventID,
                records: try records(),
                summary: header.summary
            )
        } catch {
            throw unresolved.map { TurnCodecError(.unresolved($0)) } ?? TurnCodecError(error)
        }
    }

    /// What a start says; nil when the turn begins with another input.
    mutating func start() throws(ByteReaderError) -> TurnStart? {
        guard header.recordCount > 0 else { return nil }
        _ = try reader.readVarint()
        let tag = RecordTag(rawValue: try reader.readByte())
        switch tag {
        case .start, .startOfTestCase, .startOfSyncExecution, .startOfMapRunChild,
            .startOfNested:
            break
        default: return nil
        }
        let executionName = try name()
        return TurnStart(
            executionName: executionName,
            stateMachineARN: try name(),
            startDate: header.time
        )
    }

    private mutating func records() throws(ByteReaderError) -> [Record] {
        var records: [Record] = []
        records.reserveCapacity(min(header.recordCount, reader.remaining))
        for _ in 0..<header.recordCount { records.append(try record()) }
        guard reader.isAtEnd else { throw invalid("end of the turn") }
        guard eventID == header.firstEventID + EventID(header.eventCount) else {
            throw invalid("event count")
        }
        return records
    }

    private mutating func record() throws(ByteReaderError) -> Record {
        let branch = BranchID(try reader.readNumber())
        guard let tag = RecordTag(rawValue: try reader.readByte()) else {
            throw invalid("record tag")
        }
        let body = try body(tag)
        defer { ordinal = ordinal.advanced(by: 1) }
        return Record(ordinal: ordinal, branch: branch, body: body)
    }

    private mutating func body(_ tag: RecordTag) throws(ByteReaderError) -> RecordBody {
        switch tag.family {
        case .input: return .input(try input(tag))
        case .engine: return .engine(try engineRecord(tag))
        case .event:
            let previous = eventID &- (try reader.readSigned())
            let event = HistoryEvent(
                id: eventID,
                previousEventID: previous,
                timestamp: header.time,
                body: try eventBody(tag)
            )
            // The header's sums do not overflow, but the records may belie its counts.
            let (next, overflow) = eventID.addingReportingOverflow(1)
            guard !overflow else { throw invalid("event id") }
            eventID = next
            return .event(event)
        }
    }

    func invalid(_ what: String) -> ByteReaderError {
        ByteReaderError(.invalid(what), at: reader.position)
    }

    mutating func name() throws(ByteReaderError) -> String {
        let number = try reader.readCount()
        if number > 0 {
            guard number <= names.count else { throw invalid("name number") }
            return names[number - 1]
        }
        let name = try reader.readString()
        if names.count < TurnWriter.nameLimit { names.append(name) }
        return name
    }

    mutating func optionalName() throws(ByteReaderError) -> String? {
        try reader.readFlag() ? try name() : nil
    }

    mutating func payload(field: UInt8 = 0) throws(ByteReaderError) -> Payload {
        guard try reader.readFlag() else {
            let text = try reader.readBytes()
            let location = PayloadLocation(ordinal: ordinal, field: field)
            guard location.isReferable else { return Payload(text: text) }
            payloads.append((location, text))
            return Payload(text: text, location: location)
        }
        let distance = try reader.readVarint()
        guard distance <= ordinal.rawValue else { throw invalid("payload location") }
        let holder = Ordinal(ordinal.rawValue - distance)
        let location = PayloadLocation(ordinal: holder, field: try reader.readByte())
        guard let text = text(at: location) else {
            unresolved = location
            throw invalid("payload location")
        }
        return Payload(text: text, location: location)
    }

    private func text(at location: PayloadLocation) -> [UInt8]? {
        guard location.ordinal >= header.firstOrdinal else { return resolve(location) }
        var low = 0
        var high = payloads.count
        while low < high {
            let middle = (low + high) / 2
            if payloads[middle].location < location { low = middle + 1 } else { high = middle }
        }
        guard low < payloads.count, payloads[low].location == location else { return nil }
        return payloads[low].text
    }

    mutating func failure() throws(ByteReaderError) -> Failure {
        let error = try optionalName()
        return Failure(error: error, cause: try optionalName())
    }

    mutating func stateType() throws(ByteReaderError) -> StateType {
        let code = Int(try reader.readByte())
        guard code < StateType.codes.count else { throw invalid("state type") }
        return StateType.codes[code]
    }

    mutating func optionalSeconds() throws(ByteReaderError) -> Int64? {
        try reader.readFlag() ? try reader.readSigned() : nil
    }

    mutating func task() throws(ByteReaderError) -> Ordinal {
        Ordinal(try reader.readVarint())
    }

    /// A time that was written as its distance from the turn's.
    mutating func due() throws(ByteReaderError) -> Timestamp {
        let distance = try reader.readSigned()
        return Timestamp(milliseconds: header.time.milliseconds &+ distance)
    }
}
