import Crypto

/// The digests of `$hash`; from swift-crypto, as the intrinsic functions have them.
enum Hashing {
    /// The digest in hexadecimal digits, or nil for an unknown algorithm.
    static func digest(_ bytes: [UInt8], algorithm: String) -> String? {
        switch algorithm {
        case "MD5": hexadecimal(Insecure.MD5.hash(data: bytes))
        case "SHA-1": hexadecimal(Insecure.SHA1.hash(data: bytes))
        case "SHA-256": hexadecimal(SHA256.hash(data: bytes))
        case "SHA-384": hexadecimal(SHA384.hash(data: bytes))
        case "SHA-512": hexadecimal(SHA512.hash(data: bytes))
        default: nil
        }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
