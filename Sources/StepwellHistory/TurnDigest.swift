/// The chain digest of a turn: SHA-256 over execution, first ordinal, content and the digest of
/// the execution's turn before; positions in the store are excluded, so that a turn can move.
///
/// Kept in place, since every head in memory has one.
package struct TurnDigest: Sendable, Hashable {
    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of 32 bytes; what is missing counts as zero.
    package init(bytes: some Collection<UInt8>) {
        assert(bytes.count == 32, "a digest has 32 bytes")
        words = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes.prefix(32)) }
    }

    /// 32 bytes; all zero before the first turn.
    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// The digest before an execution's first turn.
    package static let origin = TurnDigest(bytes: [UInt8](repeating: 0, count: 32))

    /// Equality of the bytes.
    package static func == (lhs: TurnDigest, rhs: TurnDigest) -> Bool { lhs.words == rhs.words }

    /// Hashes the first bytes: any of a digest do.
    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
