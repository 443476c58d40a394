/// Unpacks DEFLATE data (RFC 1951).
///
/// The size of the result is bounded, since what unpacks may be large beyond measure.
struct Inflate {
    /// What is wrong with packed data.
    enum Fault: Error, Equatable {
        /// It ends too early.
        case truncated
        /// It breaks the format's rules.
        case invalid
        /// The result is larger than allowed.
        case tooLarge
    }

    private static let lengthBases: [Int] = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
    ]
    private static let lengthBits: [Int] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases: [Int] = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    private static let codeLengthOrder = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    private let source: [UInt8]
    private let limit: Int
    private var place: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    private init(_ source: [UInt8], from place: Int, limit: Int) {
        self.source = source
        self.place = place
        self.limit = limit
    }

    /// The data that is packed from a place on, at most `limit` bytes of it, and the place behind
    /// the packed.
    static func unpack(
        _ source: [UInt8],
        from place: Int = 0,
        limit: Int
    ) throws(Fault) -> (data: [UInt8], end: Int) {
        var inflate = Inflate(source, from: place, limit: limit)
        try inflate.run()
        return (inflate.output, inflate.place)
    }

    private mutating func run() throws(Fault) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try block(Self.fixedLiterals, Self.fixedDistances)
            case 2:
                let (literals, distances) = try tables()
                try block(literals, distances)
            default: throw .invalid
            }
        }
    }

    private mutating func stored() throws(Fault) {
        bits = 0
        bitCount = 0
        guard place + 4 <= source.count else { throw .truncated }
        let length = Int(source[place]) | Int(source[place + 1]) << 8
        let check = Int(source[place + 2]) | Int(source[place + 3]) << 8
        guard length == ~check & 0xFFFF else { throw .invalid }
        place += 4
        guard place + length <= source.count else { throw .truncated }
        guard output.count + length <= limit else { throw .tooLarge }
        output.append(contentsOf: source[place..<place + length])
        place += length
    }

    private mutating func block(
        _ literals: HuffmanTable,
        _ distances: HuffmanTable
    ) throws(Fault) {
        while true {
            let symbol = try decode(literals)
            if symbol < 256 {
                guard output.count < limit else { throw .tooLarge }
                output.append(UInt8(symbol))
            } else if symbol == 256 {
                return
            } else {
                try copy(lengthSymbol: symbol - 257, distances)
            }
        }
    }

    private mutating func copy(
        lengthSymbol: Int,
        _ distances: HuffmanTable
    ) throws(Fault) {
        guard lengthSymbol < Self.lengthBases.count else { throw .invalid }
        let length = Self.lengthBases[lengthSymbol] + (try take(Self.lengthBits[lengthSymbol]))
        let symbol = try decode(distances)
        guard symbol < Self.distanceBases.count else { throw .invalid }
        let extra = symbol < 4 ? 0 : symbol / 2 - 1
        let distance = Self.distanceBases[symbol] + (try take(extra))
        guard distance <= output.count else { throw .invalid }
        guard output.count + length <= limit else { throw .tooLarge }
        var from = output.count - distance
        for _ in 0..<length {
            output.append(output[from])
            from += 1
        }
    }

    private mutating func tables() throws(Fault) -> (HuffmanTable, HuffmanTable) {
        let literals = try take(5) + 257
        let distances = try take(5) + 1
        let codes = try take(4) + 4
        var lengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<codes { lengths[Self.codeLengthOrder[index]] = UInt8(try take(3)) }
        let table = try HuffmanTable(lengths)
        var all: [UInt8] = []
        while all.count < literals + distances {
            let symbol = try decode(table)
            let (value, count): (UInt8, Int)
            switch symbol {
            case 0...15: (value, count) = (UInt8(symbol), 1)
            case 16:
                guard let last = all.last else { throw .invalid }
                (value, count) = (last, try take(2) + 3)
            case 17: (value, count) = (0, try take(3) + 3)
            default: (value, count) = (0, try take(7) + 11)
            }
            guard all.count + count <= literals + distances else { throw .invalid }
            for _ in 0..<count { all.append(value) }
        }
        return (
            try HuffmanTable(Array(all[..<literals])), try HuffmanTable(Array(all[literals...]))
        )
    }

    private mutating func take(_ count: Int) throws(Fault) -> Int {
        guard count > 0 else { return 0 }
        while bitCount < count {
            guard place < source.count else { throw .truncated }
            bits |= UInt32(source[place]) << UInt32(bitCount)
            place += 1
            bitCount += 8
        }
        let value = bits & (1 << UInt32(count) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func decode(_ table: HuffmanTable) throws(Fault) -> Int {
        var code = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            code |= try take(1)
            let count = table.counts[length]
            if code - count < first { return table.symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .invalid
    }

    private static let fixedLiterals = HuffmanTable(
        counted: [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
            + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
    )
    private static let fixedDistances = HuffmanTable(counted: [UInt8](repeating: 5, count: 30))
}

/// A canonical Huffman code: how many codes there are of each length, and the symbols in order.
private struct HuffmanTable {
    private(set) var counts = [Int](repeating: 0, count: 16)
    private(set) var symbols: [Int]

    /// The code of symbols with these lengths, which has to hold no more codes than fit.
    init(_ lengths: [UInt8]) throws(Inflate.Fault) {
        self.init(counted: lengths)
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw .invalid }
        }
    }

    init(counted lengths: [UInt8]) {
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        var offsets = [Int](repeating: 0, count: 17)
        for length in 1...15 { offsets[length + 1] = offsets[length] + counts[length] }
        symbols = [Int](repeating: 0, count: lengths.count)
        for (symbol, length) in lengths.enumerated() where length != 0 {
            symbols[offsets[Int(length)]] = symbol
            offsets[Int(length)] += 1
        }
    }
}
