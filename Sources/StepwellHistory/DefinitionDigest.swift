import Crypto

/// SHA-256 of a definition's text: the identity of an immutable definition revision.
package struct DefinitionDigest: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The digest of a definition's text, UTF-8.
    package init(of text: [UInt8]) {
        bytes = SHA256.hash(data: text).withUnsafeBytes { Array($0) }
    }

    /// The digest of a definition's text.
    package init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// The bytes as 64 hexadecimal digits.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

extension DefinitionDigest: Comparable {
    /// The order of the bytes.
    package static func < (lhs: DefinitionDigest, rhs: DefinitionDigest) -> Bool {
        lhs.bytes.lexicographicallyPrecedes(rhs.bytes)
    }
}
