/// SHA-256 of a definition's text: the identity of an immutable definition revision.
package struct DefinitionDigest: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
