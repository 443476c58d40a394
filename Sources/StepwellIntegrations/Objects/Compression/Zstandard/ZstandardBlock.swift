/// Decompresses the blocks of a frame, and keeps what later ones use of those before (RFC 8878,
/// 3.1.1.3).
struct ZstandardBlock {
    /// Where the frame begins in the output.
    private let start: Int
    private var code: WeightedCode?
    private var tables: [StateTable?] = [nil, nil, nil]
    private var offsets = [1, 4, 8]

    init(start: Int) {
        self.start = start
    }

    /// Decompresses a block behind what there is.
    mutating func decompress(
        _ bytes: ArraySlice<UInt8>,
        to output: inout [UInt8]
    ) throws(InflateFault) {
        var input = ByteInput(bytes)
        let literals = try self.literals(&input)
        let end = output.count + Zstandard.blockLimit
        let count = try Self.count(&input)
        var next = 0
        if count > 0 {
            try readTables(&input)
            try sequences(count, input.all(), literals, &next, &output, end)
        }
        guard input.isAtEnd, output.count + literals.count - next <= end else {
            throw InflateFault()
        }
        output.append(contentsOf: literals[next...])
    }

    // MARK: Literals

    private mutating func literals(_ input: inout ByteInput) throws(InflateFault) -> [UInt8] {
        let head = Int(try input.peek())
        let format = head >> 2 & 3
        guard head & 3 >= 2 else {
            let size =
                format & 1 == 0
                ? try input.number(1) >> 3
                : try input.number(format == 1 ? 2 : 3) >> 4
            guard size <= Zstandard.blockLimit else { throw InflateFault() }
            if head & 3 == 0 { return Array(try input.bytes(size)) }
            return [UInt8](repeating: UInt8(try input.number(1)), count: size)
        }
        let width = [10, 10, 14, 18][format]
        let sizes = try input.number([3, 3, 4, 5][format]) >> 4
        let size = sizes & (1 << width - 1)
        guard size <= Zstandard.blockLimit else { throw InflateFault() }
        var part = ByteInput(try input.bytes(sizes >> width))
        if head & 3 == 2 { code = try WeightedCode(&part) }
        guard let code else { throw InflateFault() }
        var literals: [UInt8] = []
        literals.reserveCapacity(size)
        if format == 0 {
            try code.decode(part.all(), size, to: &literals)
            return literals
        }
        let lengths = [try part.number(2), try part.number(2), try part.number(2)]
        let share = (size + 3) / 4
        guard share * 3 <= size else { throw InflateFault() }
        for length in lengths { try code.decode(try part.bytes(length), share, to: &literals) }
        try code.decode(part.all(), size - share * 3, to: &literals)
        return literals
    }

    // MARK: Sequences

    private static func count(_ input: inout ByteInput) throws(InflateFault) -> Int {
        let first = try input.number(1)
        switch first {
        case ..<128: return first
        case ..<255: return (first - 128) << 8 + (try input.number(1))
        default: return try input.number(2) + 0x7F00
        }
    }

    private mutating func readTables(_ input: inout ByteInput) throws(InflateFault) {
        let modes = try input.number(1)
        guard modes & 3 == 0 else { throw InflateFault() }
        for (place, kind) in SequenceCode.all.enumerated() {
            switch modes >> (6 - 2 * place) & 3 {
            case 0: tables[place] = kind.table
            case 1: tables[place] = StateTable(symbol: UInt8(try input.number(1)))
            case 2:
                tables[place] = try StateTable(
                    &input,
                    symbols: kind.symbols,
                    accuracy: kind.accuracy
                )
            default: break
            }
        }
    }

    private mutating func sequences(
        _ count: Int,
        _ bytes: ArraySlice<UInt8>,
        _ literals: [UInt8],
        _ next: inout Int,
        _ output: inout [UInt8],
        _ end: Int
    ) throws(InflateFault) {
        guard let lengths = tables[0], let distances = tables[1], let matches = tables[2] else {
            throw InflateFault()
        }
        var bits = try BackwardBits(bytes)
        var length = bits.take(lengths.accuracy)
        var distance = bits.take(distances.accuracy)
        var match = bits.take(matches.accuracy)
        for index in 0..<count {
            let states = (lengths.states[length], distances.states[distance], matches.states[match])
            let code = Int(states.1.symbol)
            guard code < 32 else { throw InflateFault() }
            let value = 1 << code + bits.take(code)
            let matched = try SequenceCode.matches.value(states.2.symbol, &bits)
            let copied = try SequenceCode.literals.value(states.0.symbol, &bits)
            guard bits.left >= 0, copied <= literals.count - next,
                output.count + copied + matched <= end
            else { throw InflateFault() }
            output.append(contentsOf: literals[next..<next + copied])
            next += copied
            let offset = try self.offset(value, isDirect: copied > 0)
            guard offset <= output.count - start else { throw InflateFault() }
            try output.repeatLast(matched, from: offset)
            guard index < count - 1 else { break }
            length = Int(states.0.base) + bits.take(Int(states.0.bits))
            match = Int(states.2.base) + bits.take(Int(states.2.bits))
            distance = Int(states.1.base) + bits.take(Int(states.1.bits))
        }
        guard bits.left == 0 else { throw InflateFault() }
    }

    /// How far back a match is: given, or one of the last three.
    private mutating func offset(_ value: Int, isDirect: Bool) throws(InflateFault) -> Int {
        guard value <= 3 else {
            offsets = [value - 3, offsets[0], offsets[1]]
            return value - 3
        }
        let place = value - (isDirect ? 1 : 0)
        if place == 0 { return offsets[0] }
        let offset = place < 3 ? offsets[place] : offsets[0] - 1
        guard offset > 0 else { throw InflateFault() }
        offsets = [offset, offsets[0], place == 1 ? offsets[2] : offsets[1]]
        return offset
    }
}
