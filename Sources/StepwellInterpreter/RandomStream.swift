import Crypto

/// The randomness of one execution: a stream derived from its recorded seed, so that replay draws
/// the same and no one can guess it who does not know the log.
///
/// Block n of the stream is SHA-256(seed ‖ n); each draw takes the next block.
package struct RandomStream: Sendable {
    package let seed: [UInt8]
    /// The number of blocks drawn so far.
    package var position: UInt64

    package init(seed: [UInt8], position: UInt64 = 0) {
        self.seed = seed
        self.position = position
    }

    /// The next 32 bytes.
    package mutating func block() -> [UInt8] {
        var hash = SHA256()
        hash.update(data: seed)
        withUnsafeBytes(of: position.bigEndian) { hash.update(bufferPointer: $0) }
        position += 1
        return Array(hash.finalize())
    }

    /// The next 64 bits.
    package mutating func word() -> UInt64 {
        block().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
