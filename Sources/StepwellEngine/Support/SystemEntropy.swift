import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The operating system's generator of random bytes, fit for secrets.
///
/// Asked for 256 bytes at a time: a call for every name and seed costs more than all the rest of
/// a start's randomness. Bytes that were given are forgotten at once.
package final class SystemEntropy: Entropy {
    private let pool = Mutex<[UInt8]>([])

    /// As much as one call gives (`getentropy`).
    private static let poolSize = 256

    package init() {}

    /// Bytes of the operating system's generator.
    package func bytes(_ count: Int) -> [UInt8] {
        pool.withLock { pool in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count)
            while bytes.count < count {
                if pool.isEmpty { Self.fill(&pool) }
                let share = min(count - bytes.count, pool.count)
                bytes.append(contentsOf: pool.suffix(share))
                pool.removeLast(share)
            }
            return bytes
        }
    }

    private static func fill(_ pool: inout [UInt8]) {
        pool = [UInt8](repeating: 0, count: poolSize)
        let outcome = pool.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
        guard outcome != 0 else { return }
        // The call can fail only on kernels without it; the standard library knows other ways.
        var generator = SystemRandomNumberGenerator()
        for index in pool.indices { pool[index] = UInt8.random(in: 0...255, using: &generator) }
    }
}
