import StepwellHistory

/// Writes the parts of a snapshot, each payload once, however many branches and books hold it.
///
/// A payload is a number: 0 stands before the text of one that was not written yet, with its place
/// in the log; n for the nth that was.
struct SnapshotWriter {
    private(set) var bytes: ByteWriter
    /// The numbers of the payloads that were written, by their place in the log.
    private var numbers: [PayloadLocation: Int] = [:]
    /// How many were written.
    private var count = 0

    /// Takes a buffer over, until it is taken back.
    init(continuing buffer: ByteWriter) {
        bytes = buffer
    }

    mutating func write(_ payload: Payload) {
        if let location = payload.location, let number = numbers[location] {
            return bytes.writeCount(number)
        }
        count += 1
        if let location = payload.location, location.isReferable { numbers[location] = count }
        bytes.writeCount(0)
        bytes.writeBytes(payload.text)
        bytes.writeOptional(payload.location) {
            $0.writeVarint($1.ordinal.rawValue)
            $0.write($1.field)
        }
    }

    mutating func write(_ byte: UInt8) { bytes.write(byte) }
    mutating func write(_ flag: Bool) { bytes.write(flag) }
    mutating func writeFixed(_ value: UInt16) { bytes.writeFixed(value) }
    mutating func writeVarint(_ value: UInt64) { bytes.writeVarint(value) }
    mutating func writeCount(_ value: Int) { bytes.writeCount(value) }
    mutating func writeSigned(_ value: Int64) { bytes.writeSigned(value) }
    mutating func writeBytes(_ other: [UInt8]) { bytes.writeBytes(other) }
    mutating func writeString(_ text: String) { bytes.writeString(text) }
    mutating func writeOptionalString(_ text: String?) { bytes.writeOptionalString(text) }

    mutating func writeTolerance(count: Int64?, percentage: Double?) {
        bytes.writeTolerance(count: count, percentage: percentage)
    }

    /// A flag, then what `body` writes of the value when there is one.
    mutating func writeOptional<Value>(
        _ value: Value?,
        _ body: (inout SnapshotWriter, Value) -> Void
    ) {
        bytes.write(value != nil)
        if let value { body(&self, value) }
    }
}
