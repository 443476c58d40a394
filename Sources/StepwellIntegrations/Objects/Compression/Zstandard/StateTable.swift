/// The states of a finite state entropy code (RFC 8878, 4.1).
struct StateTable {
    struct State {
        var symbol: UInt8
        /// The next state is the base and so many bits.
        var bits: UInt8
        var base: UInt16
    }

    let states: [State]
    /// The bits of the first state.
    let accuracy: Int

    /// A code whose states all have one symbol.
    init(symbol: UInt8) {
        states = [State(symbol: symbol, bits: 0, base: 0)]
        accuracy = 0
    }

    /// A code by how often each symbol comes: -1 for less than once.
    init(_ counts: [Int], accuracy: Int) throws(InflateFault) {
        let size = 1 << accuracy
        self.accuracy = accuracy
        var symbols = [UInt8](repeating: 0, count: size)
        var next = counts.map { max($0, $0 == -1 ? 1 : 0) }
        guard next.reduce(0, +) == size else { throw InflateFault() }
        var end = size
        for (symbol, count) in counts.enumerated() where count == -1 {
            end -= 1
            symbols[end] = UInt8(symbol)
        }
        let step = size >> 1 + size >> 3 + 3
        var place = 0
        for (symbol, count) in counts.enumerated() where count > 0 {
            for _ in 0..<count {
                symbols[place] = UInt8(symbol)
                repeat { place = (place + step) & (size - 1) } while place >= end
            }
        }
        states = symbols.map { symbol in
            let number = next[Int(symbol)]
            next[Int(symbol)] += 1
            let bits = accuracy - (Int.bitWidth - 1 - number.leadingZeroBitCount)
            return State(
                symbol: symbol,
                bits: UInt8(bits),
                base: UInt16(number << bits - size)
            )
        }
    }

    /// Reads a code of so many symbols at most, and of an accuracy.
    init(
        _ input: inout ByteInput,
        symbols: Int,
        accuracy most: Int
    ) throws(InflateFault) {
        let bytes = Array(input.all())
        var bit = 0
        func peek(_ count: Int) throws(InflateFault) -> Int {
            guard bit < bytes.count * 8 else { throw InflateFault() }
            var value = 0
            for place in 0..<3 where bit / 8 + place < bytes.count {
                value |= Int(bytes[bit / 8 + place]) << (8 * place)
            }
            return value >> (bit % 8) & (1 << count - 1)
        }
        let accuracy = try peek(4) + 5
        bit += 4
        guard accuracy <= most else { throw InflateFault() }
        var left = 1 << accuracy
        var counts: [Int] = []
        while left > 0 {
            let width = Int.bitWidth - (left + 1).leadingZeroBitCount
            var value = try peek(width)
            let low = 1 << (width - 1) - 1
            let threshold = 1 << width - 2 - left
            if value & low < threshold {
                value &= low
                bit += width - 1
            } else {
                if value > low { value -= threshold }
                bit += width
            }
            counts.append(value - 1)
            left -= abs(value - 1)
            guard value == 1 else { continue }
            var more = 3
            while more == 3 {
                more = try peek(2)
                bit += 2
                counts.append(contentsOf: repeatElement(0, count: more))
                guard counts.count <= symbols else { throw InflateFault() }
            }
        }
        guard left == 0, counts.count <= symbols, (bit + 7) / 8 <= bytes.count else {
            throw InflateFault()
        }
        try self.init(counts, accuracy: accuracy)
        input = ByteInput(bytes[((bit + 7) / 8)...])
    }
}
