/// The Huffman code of literals (RFC 8878, 4.2).
struct WeightedCode {
    private struct Entry {
        var symbol: UInt8 = 0
        var bits: UInt8 = 0
    }

    private static let longest = 11

    private let entries: [Entry]
    private let bits: Int

    /// Reads the code that literals begin with.
    init(_ input: inout ByteInput) throws(InflateFault) {
        let head = try input.number(1)
        var weights: [UInt8] = []
        if head >= 128 {
            let count = head - 127
            for byte in try input.bytes((count + 1) / 2) { weights += [byte >> 4, byte & 15] }
            weights.removeLast(weights.count - count)
        } else {
            weights = try Self.weights(try input.bytes(head))
        }
        var sum = 0
        for weight in weights where weight > 0 {
            guard weight <= Self.longest else { throw InflateFault() }
            sum += 1 << (Int(weight) - 1)
        }
        guard sum > 0, weights.count < 256 else { throw InflateFault() }
        bits = Int.bitWidth - sum.leadingZeroBitCount
        // The last weight is what makes the sum a power of two.
        let rest = 1 << bits - sum
        guard bits <= Self.longest, rest.nonzeroBitCount == 1 else { throw InflateFault() }
        weights.append(UInt8(rest.trailingZeroBitCount + 1))
        var entries: [Entry] = []
        entries.reserveCapacity(1 << bits)
        for weight in 1...UInt8(bits) {
            for (symbol, found) in weights.enumerated() where found == weight {
                let entry = Entry(symbol: UInt8(symbol), bits: UInt8(bits) + 1 - weight)
                entries.append(contentsOf: repeatElement(entry, count: 1 << (Int(weight) - 1)))
            }
        }
        guard entries.count == 1 << bits else { throw InflateFault() }
        self.entries = entries
    }

    /// Weights that two states give in turn.
    private static func weights(_ bytes: ArraySlice<UInt8>) throws(InflateFault) -> [UInt8] {
        var input = ByteInput(bytes)
        let table = try StateTable(&input, symbols: 13, accuracy: 6)
        var bits = try BackwardBits(input.all())
        var states = [bits.take(table.accuracy), bits.take(table.accuracy)]
        guard bits.left >= 0 else { throw InflateFault() }
        var weights: [UInt8] = []
        var turn = 0
        while weights.count < 255 {
            let state = table.states[states[turn]]
            weights.append(state.symbol)
            states[turn] = Int(state.base) + bits.take(Int(state.bits))
            if bits.left < 0 {
                weights.append(table.states[states[1 - turn]].symbol)
                return weights
            }
            turn = 1 - turn
        }
        throw InflateFault()
    }

    /// Decodes so many bytes, which have to be all of a stream.
    func decode(
        _ bytes: ArraySlice<UInt8>,
        _ count: Int,
        to output: inout [UInt8]
    ) throws(InflateFault) {
        var input = try BackwardBits(bytes)
        for _ in 0..<count {
            let entry = entries[input.peek(bits)]
            input.drop(Int(entry.bits))
            output.append(entry.symbol)
        }
        guard input.left == 0 else { throw InflateFault() }
    }
}
