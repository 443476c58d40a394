/// Writes the content of one turn; see `TurnCodec` for the form.
struct TurnWriter {
    private var writer: ByteWriter
    /// Where the turn begins in the writer's bytes.
    private let start: Int
    /// Where the names written so far stand: the place in the list is the number by which they
    /// are referred to.
    private var names: [Range<Int>] = []
    private let time: Timestamp
    private var ordinal: Ordinal
    private var eventID: EventID

    /// More names than this are written out, so that the search stays short.
    static let nameLimit = 64

    /// Takes the buffer over until `seal`, and writes the header.
    init(continuing buffer: inout ByteWriter, header: TurnHeader) {
        writer = ByteWriter(capacity: 0)
        swap(&writer, &buffer)
        start = writer.count
        time = header.time
        ordinal = header.firstOrdinal.advanced(by: -1)
        eventID = header.firstEventID
        names.reserveCapacity(16)
        write(header)
    }

    private mutating func write(_ header: TurnHeader) {
        writer.write(TurnCodec.version)
        writer.writeFixed(header.shard)
        writer.writeFixed(header.semantics)
        writer.writeVarint(header.execution.rawValue)
        writer.writeVarint(header.firstOrdinal.rawValue)
        writer.writeSigned(header.firstEventID)
        writer.writeCount(header.recordCount)
        writer.writeCount(header.eventCount)
        writer.writeSigned(header.time.milliseconds)
        writer.write(header.summary.status.code)
        writer.write(header.summary.nextDue != nil)
        if let due = header.summary.nextDue { distance(to: due) }
        writer.writeVarint(UInt64(header.summary.pendingTasks))
        writer.write(header.summary.isRunnable)
        writer.writeRaw(header.previous.bytes)
    }

    /// Begins a record; its body follows.
    mutating func begin(_ ordinal: Ordinal, on branch: BranchID) {
        assert(ordinal.rawValue == self.ordinal.rawValue &+ 1, "a turn's ordinals have no gaps")
        self.ordinal = ordinal
        writer.writeVarint(UInt64(branch.rawValue))
    }

    mutating func write(_ event: HistoryEvent) {
        assert(event.id == eventID && event.timestamp == time, "an event is its turn's")
        // The place below which the event hangs: mostly the event before.
        write(event.body, distance: event.id &- event.previousEventID)
        eventID += 1
    }

    /// Appends the digest, gives the buffer back and returns the digest.
    mutating func seal(into buffer: inout ByteWriter) -> TurnDigest {
        let digest = TurnCodec.digest(of: writer.bytes, in: start..<writer.count)
        writer.writeRaw(digest)
        swap(&writer, &buffer)
        return TurnDigest(bytes: digest)
    }

    mutating func tag(_ tag: RecordTag) {
        writer.write(tag.rawValue)
    }

    mutating func with(_ body: (inout ByteWriter) -> Void) {
        body(&writer)
    }

    /// A time as its distance from the turn's.
    mutating func distance(to due: Timestamp) {
        writer.writeSigned(due.milliseconds &- time.milliseconds)
    }

    /// A name: its number when it was written before, else 0 and the name.
    mutating func name(_ name: String) {
        var name = name
        name.withUTF8 { text in
            // From the end: a state's exit mostly follows its entry.
            var number = names.count
            while number > 0 {
                let place = names[number - 1]
                if place.count == text.count, writer.holds(text, at: place.lowerBound) {
                    return writer.writeCount(number)
                }
                number -= 1
            }
            writer.writeCount(0)
            writer.writeCount(text.count)
            if names.count < Self.nameLimit {
                names.append(writer.count..<writer.count + text.count)
            }
            writer.writeRaw(text)
        }
    }

    mutating func optionalName(_ name: String?) {
        writer.write(name != nil)
        if let name { self.name(name) }
    }

    /// A payload: its location when an earlier record or field holds it, else its text.
    mutating func payload(_ payload: Payload, field: UInt8 = 0) {
        let here = PayloadLocation(ordinal: ordinal, field: field)
        if let location = payload.location, location.isReferable, location < here {
            writer.write(true)
            // Mostly a near record: how many records before this one.
            writer.writeVarint(ordinal.rawValue &- location.ordinal.rawValue)
            writer.write(location.field)
        } else {
            writer.write(false)
            writer.writeBytes(payload.text)
        }
    }

    mutating func failure(_ failure: Failure) {
        optionalName(failure.error)
        optionalName(failure.cause)
    }
}
