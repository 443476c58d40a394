/// Bits that are read from the end of bytes towards their beginning (RFC 8878, 4.1).
///
/// Before the beginning there are zeros; a reader looks whether it has gone too far.
struct BackwardBits {
    private let bytes: ArraySlice<UInt8>
    /// The bits that are left; negative when more were read than there are.
    private(set) var left: Int

    /// The highest bit that is set in the last byte stands before the first bit.
    init(_ bytes: ArraySlice<UInt8>) throws(InflateFault) {
        guard let last = bytes.last, last != 0 else { throw InflateFault() }
        self.bytes = bytes
        left = bytes.count * 8 - last.leadingZeroBitCount - 1
    }

    /// The next bits, up to 32, as a number.
    mutating func take(_ count: Int) -> Int {
        left -= count
        return bits(count, at: left)
    }

    /// The next bits, without taking them.
    func peek(_ count: Int) -> Int { bits(count, at: left - count) }

    mutating func drop(_ count: Int) { left -= count }

    private func bits(_ count: Int, at place: Int) -> Int {
        if place < 0 {
            let found = count + place
            return found <= 0 ? 0 : (word(0) & (1 << found - 1)) << -place
        }
        return word(place / 8) >> (place % 8) & (1 << count - 1)
    }

    /// Up to seven bytes as a number, zeros behind the end.
    private func word(_ place: Int) -> Int {
        var value = 0
        let start = bytes.startIndex + place
        for index in start..<max(start, min(start + 7, bytes.endIndex)) {
            value |= Int(bytes[index]) << (8 * (index - start))
        }
        return value
    }
}
