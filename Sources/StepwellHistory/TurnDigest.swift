/// The chain digest of a turn: SHA-256 over execution, first ordinal, content and the digest of
/// the execution's turn before; positions in the store are excluded, so that a turn can move.
package struct TurnDigest: Sendable, Hashable {
    /// 32 bytes; all zero before the first turn.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The digest before an execution's first turn.
    package static let origin = TurnDigest(bytes: [UInt8](repeating: 0, count: 32))
}
