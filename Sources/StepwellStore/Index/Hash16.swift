import Crypto
import StepwellHistory

/// 16 bytes that stand for a text, or for two: the first of their SHA-256.
struct Hash16: Sendable, Hashable, Comparable {
    let high: UInt64
    let low: UInt64

    static let zero = Hash16(high: 0, low: 0)

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The hash of texts, each of which counts with its end.
    init(_ parts: String...) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 1 })
        for part in parts {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0)
        }
        self = SHA256.hash(data: bytes).withUnsafeBytes { digest in
            Hash16(high: Self.number(digest, at: 0), low: Self.number(digest, at: 8))
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    static func < (lhs: Hash16, rhs: Hash16) -> Bool {
        lhs.high == rhs.high ? lhs.low < rhs.low : lhs.high < rhs.high
    }
}
