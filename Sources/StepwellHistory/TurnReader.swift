/// Reads the records of one turn; the counterpart of `TurnWriter`.
struct TurnReader {
    var reader: ByteReader
    let header: TurnHeader
    let resolve: (PayloadLocation) -> [UInt8]?
    private var names: [String] = []
    private var ordinal: Ordinal
    private var eventID: EventID
    /// The texts that this turn is the first to hold.
    private var texts: [PayloadLocation: [UInt8]] = [:]

    private static let nameLimit = 32

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
            var records: [Record] = []
            records.reserveCapacity(min(header.recordCount, reader.remaining))
            for _ in 0..<header.recordCount { records.append(try record()) }
            guard reader.isAtEnd else {
                throw ByteReaderError(.invalid("end of the turn"), at: reader.position)
            }
            guard eventID == header.firstEventID + EventID(header.eventCount) else {
                throw ByteReaderError(.invalid("event count"), at: reader.position)
            }
            return Turn(
                execution: header.execution,
                semantics: header.semantics,
                time: header.time,
                firstOrdinal: header.firstOrdinal,
                firstEventID: header.firstEventID,
                records: records,
                summary: header.summary
            )
        } catch {
            throw TurnCodecError(error)
        }
    }

    private mutating func record() throws(ByteReaderError) -> Record {
        guard let branch = UInt32(exactly: try reader.readVarint()) else {
            throw invalid("branch")
        }
        guard let tag = RecordTag(rawValue: try reader.readByte()) else {
            throw invalid("record tag")
        }
        let body: RecordBody
        if let input = try input(tag) {
            body = .input(input)
        } else if let engine = try engineRecord(tag) {
            body = .engine(engine)
        } else {
            let distance = try reader.readSigned()
            let (previous, overflow) = eventID.subtractingReportingOverflow(distance)
            guard !overflow else { throw invalid("previous event id") }
            let event = HistoryEvent(
                id: eventID,
                previousEventID: previous,
                timestamp: header.time,
                body: try eventBody(tag)
            )
            body = .event(event)
            eventID += 1
        }
        let record = Record(ordinal: ordinal, branch: BranchID(branch), body: body)
        ordinal = ordinal.advanced(by: 1)
        return record
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
        if names.count < Self.nameLimit { names.append(name) }
        return name
    }

    mutating func optionalName() throws(ByteReaderError) -> String? {
        try reader.readFlag() ? try name() : nil
    }

    mutating func payload(field: UInt8 = 0) throws(ByteReaderError) -> Payload {
        guard try reader.readFlag() else {
            let location = PayloadLocation(ordinal: ordinal, field: field)
            let text = try reader.readBytes()
            texts[location] = text
            return Payload(text: text, location: location)
        }
        let ordinal = Ordinal(try reader.readVarint())
        let location = PayloadLocation(ordinal: ordinal, field: try reader.readByte())
        guard let text = texts[location] ?? resolve(location) else {
            throw invalid("payload location (record \(ordinal.rawValue))")
        }
        return Payload(text: text, location: location)
    }

    mutating func failure() throws(ByteReaderError) -> Failure {
        let error = try reader.readOptionalString()
        return Failure(error: error, cause: try reader.readOptionalString())
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
}
