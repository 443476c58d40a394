/// The identity of a request: a random UUID (RFC 9562, version 4).
enum RequestID {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Draws one; `x-amzn-RequestId` carries it.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = index < 16 ? high : low
                let nibble = Int(word >> UInt64(60 - index % 16 * 4) & 15)
                buffer[position] = digits[nibble]
                position += 1
            }
            return position
        }
    }
}
