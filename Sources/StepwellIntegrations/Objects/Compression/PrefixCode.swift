/// A canonical prefix code of DEFLATE: short codes are looked up, longer ones walked.
struct PrefixCode: Sendable {
    private static let lookupBits = 10
    private static let longest = 15

    /// By the next bits: the symbol and, in the low four bits, the length of its code; 0 for a
    /// longer code.
    private var lookup = [UInt16](repeating: 0, count: 1 << PrefixCode.lookupBits)
    /// How many codes there are of each length.
    private var counts = [Int](repeating: 0, count: PrefixCode.longest + 1)
    /// The symbols in the order of their codes.
    private var symbols: [UInt16] = []

    /// A code by the lengths of its symbols' codes, 0 for a symbol that it does not have.
    init(lengths: [UInt8]) throws(InflateFault) {
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var left = 1
        for length in 1...Self.longest {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw InflateFault() }
        }
        var next = [Int](repeating: 0, count: Self.longest + 2)
        var places = next
        for length in 1...Self.longest {
            next[length + 1] = (next[length] + counts[length]) << 1
            places[length + 1] = places[length] + counts[length]
        }
        symbols = [UInt16](repeating: 0, count: places[Self.longest + 1])
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let length = Int(length)
            symbols[places[length]] = UInt16(symbol)
            places[length] += 1
            let code = next[length]
            next[length] += 1
            guard length <= Self.lookupBits else { continue }
            let entry = UInt16(symbol) << 4 | UInt16(length)
            var place = Self.reversed(code, length)
            while place < lookup.count {
                lookup[place] = entry
                place += 1 << length
            }
        }
    }

    private static func reversed(_ code: Int, _ length: Int) -> Int {
        var reversed = 0
        for bit in 0..<length where code & 1 << bit != 0 { reversed |= 1 << (length - 1 - bit) }
        return reversed
    }

    /// The next symbol; nil when its code is not all there.
    func symbol(from bits: inout BitInput) throws(InflateFault) -> Int? {
        let (next, count) = bits.peek(Self.longest)
        let entry = lookup[next & (1 << Self.lookupBits - 1)]
        if entry != 0 {
            let length = Int(entry & 15)
            guard length <= count else { return nil }
            bits.drop(length)
            return Int(entry >> 4)
        }
        var code = 0
        var first = 0
        var place = 0
        for length in 1...Self.longest {
            guard length <= count else { return nil }
            code |= next >> (length - 1) & 1
            let found = counts[length]
            if code - first < found {
                bits.drop(length)
                return Int(symbols[place + code - first])
            }
            place += found
            first = (first + found) << 1
            code <<= 1
        }
        throw InflateFault()
    }

    /// The two codes that a block begins with; nil when they are not all there.
    static func pair(
        from bits: inout BitInput
    ) throws(InflateFault) -> (literals: PrefixCode, distances: PrefixCode)? {
        guard let literals = bits.take(5), let distances = bits.take(5), let own = bits.take(4)
        else { return nil }
        var lengths = [UInt8](repeating: 0, count: 19)
        for place in order.prefix(own + 4) {
            guard let length = bits.take(3) else { return nil }
            lengths[place] = UInt8(length)
        }
        let code = try PrefixCode(lengths: lengths)
        let count = literals + 257 + distances + 1
        var all: [UInt8] = []
        while all.count < count {
            guard let symbol = try code.symbol(from: &bits) else { return nil }
            guard symbol > 15 else {
                all.append(UInt8(symbol))
                continue
            }
            let (extra, least) = symbol == 16 ? (2, 3) : symbol == 17 ? (3, 3) : (7, 11)
            guard let more = bits.take(extra) else { return nil }
            guard symbol > 16 || !all.isEmpty else { throw InflateFault() }
            let value = symbol == 16 ? all[all.count - 1] : 0
            all.append(contentsOf: repeatElement(value, count: least + more))
        }
        guard all.count == count else { throw InflateFault() }
        return (
            try PrefixCode(lengths: Array(all.prefix(literals + 257))),
            try PrefixCode(lengths: Array(all.dropFirst(literals + 257)))
        )
    }

    /// The order in which the lengths of the code of lengths come.
    private static let order = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    private init() {}

    /// The codes of blocks that bring none, whose lengths RFC 1951 gives.
    static let fixedLiterals =
        (try? PrefixCode(
            lengths: [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
                + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
        )) ?? PrefixCode()
    static let fixedDistances =
        (try? PrefixCode(lengths: [UInt8](repeating: 5, count: 30))) ?? PrefixCode()
}
