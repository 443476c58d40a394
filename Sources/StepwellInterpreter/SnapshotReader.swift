import StepwellHistory

/// Reads what `SnapshotWriter` wrote, and what its predecessor did, which wrote every payload out
/// each time.
///
/// Payloads of one place in the log come out as copies of one.
struct SnapshotReader {
    private(set) var bytes: ByteReader
    /// The version of the snapshot.
    private let version: UInt8
    /// The payloads that were read, in order.
    private var payloads: [Payload] = []
    /// In snapshots that repeat payloads, those that were read by their place in the log.
    private var known: [PayloadLocation: Payload] = [:]

    /// The last version that wrote payloads as often as they are held.
    static let repeatingVersion: UInt8 = 7
    /// The last version without what Map Runs read, batch and write.
    static let inputItemsVersion: UInt8 = 8
    static let version: UInt8 = 9

    /// Whether what the snapshot's version knows of nested executions and mocked responses is all.
    var isComplete: Bool { version > Self.repeatingVersion }

    /// Whether Map Runs say what they read, batch and write.
    var hasMapRunData: Bool { version > Self.inputItemsVersion }

    /// Begins with the version.
    init(_ bytes: ByteReader) throws(ByteReaderError) {
        self.bytes = bytes
        version = try self.bytes.readByte()
        guard (Self.repeatingVersion...Self.version).contains(version) else {
            throw ByteReaderError(.invalid("snapshot version"), at: 0)
        }
    }

    func invalid(_ what: String) -> ByteReaderError {
        ByteReaderError(.invalid(what), at: bytes.position)
    }

    mutating func readPayload() throws(ByteReaderError) -> Payload {
        if version > Self.repeatingVersion {
            let number = try readCount()
            guard number == 0 else {
                guard number <= payloads.count else { throw invalid("number of a payload") }
                return payloads[number - 1]
            }
        }
        let text = try readBytes()
        var payload = Payload(text: text)
        if try readFlag() {
            let ordinal = Ordinal(try readVarint())
            payload = Payload(
                text: text,
                location: PayloadLocation(ordinal: ordinal, field: try readByte())
            )
        }
        guard version == Self.repeatingVersion else {
            payloads.append(payload)
            return payload
        }
        guard let location = payload.location, location.isReferable else { return payload }
        if let found = known[location], found.text == text { return found }
        known[location] = payload
        return payload
    }

    mutating func readByte() throws(ByteReaderError) -> UInt8 { try bytes.readByte() }
    mutating func readFlag() throws(ByteReaderError) -> Bool { try bytes.readFlag() }
    mutating func readFixed16() throws(ByteReaderError) -> UInt16 { try bytes.readFixed16() }
    mutating func readVarint() throws(ByteReaderError) -> UInt64 { try bytes.readVarint() }
    mutating func readCount() throws(ByteReaderError) -> Int { try bytes.readCount() }
    mutating func readElementCount() throws(ByteReaderError) -> Int {
        try bytes.readElementCount()
    }
    mutating func readSigned() throws(ByteReaderError) -> Int64 { try bytes.readSigned() }
    mutating func readBytes() throws(ByteReaderError) -> [UInt8] { try bytes.readBytes() }
    mutating func readTolerance() throws(ByteReaderError) -> (count: Int64?, percentage: Double?) {
        try bytes.readTolerance()
    }
    mutating func readString() throws(ByteReaderError) -> String { try bytes.readString() }
    mutating func readOptionalString() throws(ByteReaderError) -> String? {
        try bytes.readOptionalString()
    }
}
