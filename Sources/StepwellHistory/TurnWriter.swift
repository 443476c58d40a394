/// Writes the records of one turn; see `TurnCodec` for the form.
struct TurnWriter {
    private var writer: ByteWriter
    /// Names written so far: the place in the list is the number by which they are referred to.
    private var names: [String] = []
    private var ordinal = Ordinal(0)
    private var eventID: EventID = 0

    /// More names than this are written out, so that the search stays short.
    private static let nameLimit = 32

    init(capacity: Int) {
        writer = ByteWriter(capacity: capacity)
    }

    var bytes: [UInt8] { writer.bytes }

    mutating func write(_ header: TurnHeader) {
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
        writer.writeOptional(header.summary.nextDue) { $0.writeSigned($1.milliseconds) }
        writer.writeVarint(UInt64(header.summary.pendingTasks))
        writer.write(header.summary.isRunnable)
        writer.writeRaw(header.previous.bytes)
        ordinal = header.firstOrdinal
        eventID = header.firstEventID
    }

    mutating func write(_ record: Record) {
        ordinal = record.ordinal
        writer.writeVarint(UInt64(record.branch.rawValue))
        switch record.body {
        case .input(let input): write(input)
        case .engine(let engine): write(engine)
        case .event(let event):
            write(event.body) { writer in
                // The place below which the event hangs: mostly the event before.
                writer.writeSigned(event.id - event.previousEventID)
            }
            eventID = event.id
        }
    }

    mutating func writeRaw(_ bytes: [UInt8]) {
        writer.writeRaw(bytes)
    }

    mutating func tag(_ tag: RecordTag) {
        writer.write(tag.rawValue)
    }

    mutating func with(_ body: (inout ByteWriter) -> Void) {
        body(&writer)
    }

    /// A name: its number when it was written before, else 0 and the name.
    mutating func name(_ name: String) {
        if let place = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
            return writer.writeCount(place + 1)
        }
        writer.writeCount(0)
        writer.writeString(name)
        if names.count < Self.nameLimit { names.append(name) }
    }

    mutating func optionalName(_ name: String?) {
        writer.write(name != nil)
        if let name { self.name(name) }
    }

    /// A payload: its location when an earlier record or field holds it, else its text.
    mutating func payload(_ payload: Payload, field: UInt8 = 0) {
        let here = PayloadLocation(ordinal: ordinal, field: field)
        if let location = payload.location, location != here {
            writer.write(true)
            writer.writeVarint(location.ordinal.rawValue)
            writer.write(location.field)
        } else {
            writer.write(false)
            writer.writeBytes(payload.text)
        }
    }

    mutating func failure(_ failure: Failure) {
        writer.writeOptionalString(failure.error)
        writer.writeOptionalString(failure.cause)
    }
}
