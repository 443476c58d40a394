/// Reads what `ByteWriter` wrote; every read is bounds-checked, so that any bytes are safe.
package struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    /// The index of the next byte in the array.
    package private(set) var position: Int

    /// A reader over a whole array.
    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    /// A reader over a slice.
    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// How many bytes are left.
    package var remaining: Int { bytes.endIndex - position }

    /// Whether everything was read.
    package var isAtEnd: Bool { remaining == 0 }

    /// One byte.
    package mutating func readByte() throws(ByteReaderError) -> UInt8 {
        guard position < bytes.endIndex else { throw ByteReaderError(.truncated, at: position) }
        defer { position += 1 }
        return bytes[position]
    }

    /// A flag.
    package mutating func readFlag() throws(ByteReaderError) -> Bool {
        switch try readByte() {
        case 0: return false
        case 1: return true
        default: throw ByteReaderError(.invalid("flag"), at: position - 1)
        }
    }

    /// Two bytes, the high one first.
    package mutating func readFixed16() throws(ByteReaderError) -> UInt16 {
        let high = try readByte()
        return UInt16(high) << 8 | UInt16(try readByte())
    }

    /// Eight bytes, the high one first.
    package mutating func readFixed64() throws(ByteReaderError) -> UInt64 {
        try readRaw(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An unsigned LEB128 integer.
    package mutating func readVarint() throws(ByteReaderError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            let group = UInt64(byte & 0x7F)
            guard shift < 63 || (shift == 63 && group <= 1) else {
                throw ByteReaderError(.invalid("varint"), at: position - 1)
            }
            value |= group << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// An unsigned integer of a smaller type.
    package mutating func readNumber<Number: FixedWidthInteger>() throws(ByteReaderError) -> Number
    {
        guard let value = Number(exactly: try readVarint()) else {
            throw ByteReaderError(.invalid("\(Number.bitWidth)-bit number"), at: position)
        }
        return value
    }

    /// A count or index.
    package mutating func readCount() throws(ByteReaderError) -> Int {
        guard let value = Int(exactly: try readVarint()) else {
            throw ByteReaderError(.invalid("count"), at: position)
        }
        return value
    }

    /// A count of things of which each takes at least one of the remaining bytes.
    package mutating func readElementCount() throws(ByteReaderError) -> Int {
        let count = try readCount()
        guard count <= remaining else { throw ByteReaderError(.truncated, at: position) }
        return count
    }

    /// A zigzag encoded integer.
    package mutating func readSigned() throws(ByteReaderError) -> Int64 {
        let value = try readVarint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// That many bytes as they are.
    package mutating func readRaw(_ count: Int) throws(ByteReaderError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw ByteReaderError(.truncated, at: position)
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A length and that many bytes.
    package mutating func readBytes() throws(ByteReaderError) -> [UInt8] {
        Array(try readRaw(try readCount()))
    }

    /// A length and that many bytes of valid UTF-8.
    package mutating func readString() throws(ByteReaderError) -> String {
        let start = position
        let slice = try readRaw(try readCount())
        guard let text = try? UTF8Span(validating: slice.span) else {
            throw ByteReaderError(.invalid("UTF-8"), at: start)
        }
        return String(copying: text)
    }

    /// What `body` reads, when the flag before it says that it is there.
    package mutating func readOptional<Value>(
        _ body: (inout ByteReader) throws(ByteReaderError) -> Value
    ) throws(ByteReaderError) -> Value? {
        guard try readFlag() else { return nil }
        return try body(&self)
    }

    /// An optional string.
    package mutating func readOptionalString() throws(ByteReaderError) -> String? {
        guard try readFlag() else { return nil }
        return try readString()
    }
}

/// Why bytes could not be read.
package struct ByteReaderError: Error, Sendable, Equatable {
    /// The kinds of failure.
    package enum Code: Sendable, Equatable {
        /// The bytes end too early.
        case truncated
        /// A value that the format does not have; says of what.
        case invalid(String)
    }

    package let code: Code
    /// The index of the byte where it was seen.
    package let position: Int

    package init(_ code: Code, at position: Int) {
        self.code = code
        self.position = position
    }
}
