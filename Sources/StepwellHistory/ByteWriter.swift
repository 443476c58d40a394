/// Appends the primitives of the binary formats to a buffer: the counterpart of `ByteReader`.
///
/// Integers are LEB128 unless they are fixed-width, which are big-endian.
package struct ByteWriter: Sendable {
    /// What was written.
    package private(set) var bytes: [UInt8]

    /// A writer with room for `capacity` bytes.
    package init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Forgets what was written and keeps the room.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// How many bytes were written.
    package var count: Int { bytes.count }

    /// Whether the same bytes stand at a place; false where they would reach beyond the end.
    func holds(_ other: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard place >= 0, place + other.count <= bytes.count else { return false }
        return bytes.withUnsafeBufferPointer { own in
            // From the end: names of one kind differ there.
            var index = other.count
            while index > 0 {
                index -= 1
                if own[place + index] != other[index] { return false }
            }
            return true
        }
    }

    /// One byte.
    package mutating func write(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// A flag as one byte.
    package mutating func write(_ flag: Bool) {
        bytes.append(flag ? 1 : 0)
    }

    /// Two bytes, the high one first.
    package mutating func writeFixed(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// Eight bytes, the high one first.
    package mutating func writeFixed(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// An unsigned integer in seven-bit groups, the low one first.
    package mutating func writeVarint(_ value: UInt64) {
        if value < 0x80 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A count or index, which is never negative.
    package mutating func writeCount(_ value: Int) {
        writeVarint(UInt64(clamping: value))
    }

    /// A signed integer, zigzag encoded.
    package mutating func writeSigned(_ value: Int64) {
        writeVarint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Bytes as they are.
    package mutating func writeRaw(_ other: some Collection<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Bytes as they are.
    mutating func writeRaw(_ other: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// A length and that many bytes.
    package mutating func writeBytes(_ other: [UInt8]) {
        writeCount(other.count)
        bytes.append(contentsOf: other)
    }

    /// A length and that many bytes of UTF-8.
    package mutating func writeString(_ text: String) {
        var text = text
        text.withUTF8 { buffer in
            writeCount(buffer.count)
            bytes.append(contentsOf: buffer)
        }
    }

    /// A flag, then what `body` writes of the value when there is one.
    package mutating func writeOptional<Value>(
        _ value: Value?,
        _ body: (inout ByteWriter, Value) -> Void
    ) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    /// An optional string.
    package mutating func writeOptionalString(_ text: String?) {
        writeOptional(text) { $0.writeString($1) }
    }
}
