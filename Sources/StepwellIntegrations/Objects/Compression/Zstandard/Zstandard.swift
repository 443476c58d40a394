/// Decompresses Zstandard (RFC 8878), frame by frame, without dictionaries.
///
/// The checksum that a frame may end with is not compared.
enum Zstandard {
    private static let magic = 0xFD2F_B528
    private static let skippable = 0x184D_2A50
    /// The most bytes that a block is decompressed.
    static let blockLimit = 128 << 10

    /// What frames are decompressed, which is refused when it is larger than `limit`.
    static func decompress(
        _ bytes: ArraySlice<UInt8>,
        to limit: Int
    ) throws(InflateFault) -> [UInt8] {
        var input = ByteInput(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(min(limit, bytes.count * 4))
        while !input.isAtEnd {
            let magic = try input.number(4)
            if magic & ~15 == skippable {
                _ = try input.bytes(try input.number(4))
            } else {
                guard magic == Self.magic else { throw InflateFault() }
                try frame(&input, &output, limit)
            }
        }
        return output
    }

    private static func frame(
        _ input: inout ByteInput,
        _ output: inout [UInt8],
        _ limit: Int
    ) throws(InflateFault) {
        let head = try input.number(1)
        guard head & 8 == 0 else { throw InflateFault() }
        let isSingle = head & 32 != 0
        if !isSingle { _ = try input.number(1) }
        let dictionary = try input.number([0, 1, 2, 4][head & 3])
        guard dictionary == 0 else { throw InflateFault() }
        _ = try input.bytes([isSingle ? 1 : 0, 2, 4, 8][head >> 6])
        var block = ZstandardBlock(start: output.count)
        while true {
            let head = try input.number(3)
            let size = head >> 3
            guard size <= blockLimit, output.count <= limit else { throw InflateFault() }
            switch head >> 1 & 3 {
            case 0: output += try input.bytes(size)
            case 1:
                let byte = UInt8(try input.number(1))
                output.append(contentsOf: repeatElement(byte, count: size))
            case 2: try block.decompress(try input.bytes(size), to: &output)
            default: throw InflateFault()
            }
            if head & 1 == 1 { break }
        }
        if head & 4 != 0 { _ = try input.number(4) }
    }
}

/// Bytes that are taken from their beginning on.
struct ByteInput {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// How many are left.
    var count: Int { rest.count }

    /// The next bytes.
    mutating func bytes(_ count: Int) throws(InflateFault) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw InflateFault() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// All bytes that are left.
    mutating func all() -> ArraySlice<UInt8> {
        defer { rest = [] }
        return rest
    }

    /// The number of the next bytes, up to five, the lowest first.
    mutating func number(_ count: Int) throws(InflateFault) -> Int {
        try bytes(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The next byte, which is not taken.
    func peek() throws(InflateFault) -> UInt8 {
        guard let first = rest.first else { throw InflateFault() }
        return first
    }
}
