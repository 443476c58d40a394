/// Reads what Thrift's compact protocol wrote, in which Parquet's metadata are.
///
/// No length is believed: none leads behind the bytes, and nothing is reserved for one.
struct CompactReader {
    /// The types of the protocol.
    enum Kind: UInt8 {
        case yes = 1
        case no = 2
        case byte = 3
        case int16 = 4
        case int32 = 5
        case int64 = 6
        case double = 7
        case binary = 8
        case list = 9
        case set = 10
        case map = 11
        case structure = 12
        case uuid = 13
    }

    /// A field of a structure, before its value.
    struct Field {
        var id: Int
        var kind: Kind
    }

    /// How deep structures may be in each other.
    private static let depth = 24

    private let bytes: [UInt8]
    private let end: Int
    /// The place of the next byte.
    private(set) var index: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
    }

    /// The next field of the structure whose last field had an id; nil at the structure's end.
    mutating func field(after last: inout Int) throws(ParquetFault) -> Field? {
        let head = try byte()
        if head == 0 { return nil }
        let kind = try Self.kind(head & 15)
        let delta = Int(head >> 4)
        let id = delta == 0 ? Int(truncatingIfNeeded: try integer()) : last + delta
        // Ids are of sixteen bits: nothing is added to one that is larger.
        guard (Int(Int16.min)...Int(Int16.max)).contains(id) else { throw Self.wrong }
        last = id
        return Field(id: last, kind: kind)
    }

    /// The value of a number.
    mutating func integer(_ field: Field) throws(ParquetFault) -> Int64 {
        switch field.kind {
        case .int16, .int32, .int64: return try integer()
        case .byte: return Int64(Int8(bitPattern: try byte()))
        case .yes, .no, .double, .binary, .list, .set, .map, .structure, .uuid: throw Self.wrong
        }
    }

    /// The value of a number that counts something, fewer than an object has room for: a few of
    /// them can be added and multiplied.
    mutating func count(_ field: Field) throws(ParquetFault) -> Int {
        let value = try integer(field)
        guard (0..<1 << 48).contains(value) else { throw Self.wrong }
        return Int(value)
    }

    /// The value of a truth value.
    mutating func bool(_ field: Field) throws(ParquetFault) -> Bool {
        switch field.kind {
        case .yes: return true
        case .no: return false
        case .byte, .int16, .int32, .int64, .double, .binary, .list, .set, .map, .structure, .uuid:
            throw Self.wrong
        }
    }

    /// The bytes of a text.
    mutating func binary(_ field: Field) throws(ParquetFault) -> [UInt8] {
        guard field.kind == .binary else { throw Self.wrong }
        let length = try length()
        defer { index += length }
        return Array(bytes[index..<index + length])
    }

    /// How many structures a list has, which come next.
    mutating func structures(_ field: Field) throws(ParquetFault) -> Int {
        guard field.kind == .list else { throw Self.wrong }
        let (kind, count) = try listHead()
        guard kind == .structure || count == 0 else { throw Self.wrong }
        return count
    }

    /// Goes into a structure that is the value of a field.
    func enter(_ field: Field) throws(ParquetFault) {
        guard field.kind == .structure else { throw Self.wrong }
    }

    /// Passes over the value of a field.
    mutating func skip(_ field: Field) throws(ParquetFault) {
        try skip(field.kind, depth: Self.depth)
    }

    private mutating func skip(_ kind: Kind, depth: Int) throws(ParquetFault) {
        guard depth > 0 else { throw Self.wrong }
        switch kind {
        case .yes, .no: return
        case .byte: try pass(1)
        case .int16, .int32, .int64: _ = try varint()
        case .double: try pass(8)
        case .uuid: try pass(16)
        case .binary: try pass(try length())
        case .list, .set:
            let (kind, count) = try listHead()
            for _ in 0..<count { try skipElement(kind, depth: depth - 1) }
        case .map:
            let count = try length()
            guard count > 0 else { return }
            let kinds = try byte()
            let (key, value) = (try Self.kind(kinds >> 4), try Self.kind(kinds & 15))
            for _ in 0..<count {
                try skipElement(key, depth: depth - 1)
                try skipElement(value, depth: depth - 1)
            }
        case .structure:
            var last = 0
            while let field = try field(after: &last) { try skip(field.kind, depth: depth - 1) }
        }
    }

    /// Elements are never truth values without a byte, as fields are.
    private mutating func skipElement(_ kind: Kind, depth: Int) throws(ParquetFault) {
        if kind == .yes || kind == .no { try pass(1) } else { try skip(kind, depth: depth) }
    }

    private mutating func listHead() throws(ParquetFault) -> (kind: Kind, count: Int) {
        let head = try byte()
        let count = head >> 4 == 15 ? try length() : Int(head >> 4)
        // Every element has a byte at least.
        guard count <= end - index else { throw .endsEarly }
        guard count > 0 else { return (.byte, 0) }
        return (try Self.kind(head & 15), count)
    }

    /// A length of what comes next.
    private mutating func length() throws(ParquetFault) -> Int {
        let length = try varint()
        guard length <= UInt64(end - index) else { throw .endsEarly }
        return Int(length)
    }

    private mutating func pass(_ count: Int) throws(ParquetFault) {
        guard count <= end - index else { throw .endsEarly }
        index += count
    }

    private mutating func byte() throws(ParquetFault) -> UInt8 {
        guard index < end else { throw .endsEarly }
        defer { index += 1 }
        return bytes[index]
    }

    private mutating func integer() throws(ParquetFault) -> Int64 { .zigzag(try varint()) }

    private mutating func varint() throws(ParquetFault) -> UInt64 {
        try .varint(bytes, &index, end: end)
    }

    private static func kind(_ code: UInt8) throws(ParquetFault) -> Kind {
        guard let kind = Kind(rawValue: code) else { throw wrong }
        return kind
    }

    private static let wrong = ParquetFault.malformed("its metadata are not Thrift's")
}

extension UInt64 {
    /// A number of seven bits a byte, the lowest first (LEB128).
    static func varint(
        _ bytes: [UInt8],
        _ index: inout Int,
        end: Int
    ) throws(ParquetFault) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard index < end else { throw .endsEarly }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .malformed("a number of it has too many bytes")
    }
}

extension Int64 {
    /// The number whose sign is in the lowest bit.
    static func zigzag(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
