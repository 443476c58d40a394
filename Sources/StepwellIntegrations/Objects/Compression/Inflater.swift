/// Decompresses gzip (RFC 1952, RFC 1951) as its bytes come, one member behind the other.
///
/// Nothing is kept but the 32 KiB that later bytes may repeat; whole symbols are decoded only, so
/// that a decoder which runs out of bytes goes on at the symbol.
struct Inflater: Sendable {
    /// What comes next.
    private enum Stage: Sendable {
        case memberHeader
        case blockHeader
        case stored(left: Int)
        case symbols(PrefixCode, distances: PrefixCode)
        case trailer
    }

    private var bits = BitInput()
    private var stage = Stage.memberHeader
    private var isLastBlock = false
    /// The bytes that were decompressed last: those that may be repeated, and new ones.
    private var output: [UInt8] = []
    private var checksum = Checksum()
    private var size: UInt32 = 0
    /// Whether a member was decompressed whole, and nothing came behind it.
    private(set) var isBetweenMembers = true

    private static let window = 32 << 10

    /// Takes compressed bytes and gives what they are decompressed; throws when they are not gzip.
    mutating func feed(_ bytes: [UInt8]) throws(InflateFault) -> [UInt8] {
        bits.append(bytes)
        let old = output.count
        var start = old
        while try advance(&start) {}
        take(from: start)
        let new = Array(output[old...])
        output.removeFirst(max(0, output.count - Self.window))
        return new
    }

    /// Counts what was decompressed since `start` for the member's checks.
    private mutating func take(from start: Int) {
        checksum.take(output[start...])
        size &+= UInt32(truncatingIfNeeded: output.count - start)
    }

    /// One step; false when it needs more bytes.
    private mutating func advance(_ start: inout Int) throws(InflateFault) -> Bool {
        switch stage {
        case .memberHeader:
            guard try bits.skipHeader() else { return false }
            isBetweenMembers = false
            stage = .blockHeader
            checksum = Checksum()
            size = 0
            return true
        case .blockHeader: return try blockHeader()
        case .stored(let left):
            let count = min(left, bits.wholeBytes)
            output.append(contentsOf: bits.bytes(count))
            stage = left == count ? afterBlock : .stored(left: left - count)
            return left == count
        case .symbols(let literals, let distances):
            guard try symbols(literals, distances) else { return false }
            stage = afterBlock
            return true
        case .trailer:
            bits.alignToByte()
            guard bits.wholeBytes >= 8 else { return false }
            take(from: start)
            start = output.count
            let trailer = bits.bytes(8).map(UInt32.init)
            let sum = trailer[0] | trailer[1] << 8 | trailer[2] << 16 | trailer[3] << 24
            let length = trailer[4] | trailer[5] << 8 | trailer[6] << 16 | trailer[7] << 24
            guard sum == checksum.value, length == size else { throw InflateFault() }
            isBetweenMembers = true
            stage = .memberHeader
            return bits.wholeBytes > 0
        }
    }

    private var afterBlock: Stage { isLastBlock ? .trailer : .blockHeader }

    private mutating func blockHeader() throws(InflateFault) -> Bool {
        let before = bits
        guard let isLast = bits.take(1), let kind = bits.take(2) else {
            bits = before
            return false
        }
        switch kind {
        case 0:
            bits.alignToByte()
            guard bits.wholeBytes >= 4 else {
                bits = before
                return false
            }
            let header = bits.bytes(4).map(Int.init)
            let length = header[0] | header[1] << 8
            guard length ^ 0xFFFF == header[2] | header[3] << 8 else { throw InflateFault() }
            stage = .stored(left: length)
        case 1:
            stage = .symbols(.fixedLiterals, distances: .fixedDistances)
        case 2:
            guard let codes = try PrefixCode.pair(from: &bits) else {
                bits = before
                return false
            }
            stage = .symbols(codes.literals, distances: codes.distances)
        default: throw InflateFault()
        }
        isLastBlock = isLast == 1
        return true
    }

    /// Decodes symbols up to the end of the block; false when it needs more bytes.
    private mutating func symbols(
        _ literals: PrefixCode,
        _ distances: PrefixCode
    ) throws(InflateFault) -> Bool {
        while true {
            let before = bits
            guard let symbol = try literals.symbol(from: &bits) else {
                bits = before
                return false
            }
            if symbol < 256 {
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return true }
            guard let (length, distance) = try repetition(symbol, distances) else {
                bits = before
                return false
            }
            guard distance <= output.count else { throw InflateFault() }
            var from = output.count - distance
            for _ in 0..<length {
                output.append(output[from])
                from += 1
            }
        }
    }

    /// How much is repeated, and from how far back; nil when it is not all there.
    private mutating func repetition(
        _ symbol: Int,
        _ distances: PrefixCode
    ) throws(InflateFault) -> (length: Int, distance: Int)? {
        let place = symbol - 257
        guard place < Self.lengths.count else { throw InflateFault() }
        guard let more = bits.take(Self.lengths[place].extra),
            let code = try distances.symbol(from: &bits)
        else { return nil }
        guard code < 30 else { throw InflateFault() }
        let extra = code < 4 ? 0 : code / 2 - 1
        let base = code < 4 ? code + 1 : (2 + code % 2) << extra + 1
        guard let further = bits.take(extra) else { return nil }
        return (Self.lengths[place].base + more, base + further)
    }

    /// The lengths of repetitions by their codes.
    private static let lengths: [(base: Int, extra: Int)] = [
        (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1),
        (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4),
        (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
    ]
}

/// Bytes are not gzip.
struct InflateFault: Error, Sendable, Equatable {}
