import Synchronization

/// The identity of a request: a random UUID (RFC 9562, version 4).
///
/// It has to be unique, not secret: one seed of the system's serves a process, so that a request
/// costs no system call for it.
enum RequestID {
    /// Two states of SplitMix64, each with its own seed.
    private static let state: Mutex<(UInt64, UInt64)> = {
        var generator = SystemRandomNumberGenerator()
        return Mutex((generator.next(), generator.next()))
    }()

    private static let digits = Array("0123456789abcdef".utf8)

    /// SplitMix64's output function.
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// Draws one; `x-amzn-RequestId` carries it.
    static func make() -> String {
        let words = state.withLock { state in
            state.0 &+= 0x9E37_79B9_7F4A_7C15
            state.1 &+= 0x9E37_79B9_7F4A_7C15
            return (mixed(state.0), mixed(state.1))
        }
        let high = words.0 & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
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
