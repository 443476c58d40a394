/// A task token, opaque to callers.
///
/// It says which task it is for, and proves by 128 recorded random bits that its holder was given
/// it.
package struct TaskToken: Sendable, Hashable {
    package let shard: UInt16
    package let execution: ExecutionNumber
    /// The task's identity within its execution.
    package let ordinal: Ordinal
    /// 16 bytes.
    package let secret: [UInt8]

    package init(shard: UInt16, execution: ExecutionNumber, ordinal: Ordinal, secret: [UInt8]) {
        self.shard = shard
        self.execution = execution
        self.ordinal = ordinal
        self.secret = secret
    }

    /// The version byte that every token of this form starts with.
    private static let version: UInt8 = 1

    /// The token as callers see it: URL-safe base64 without padding.
    package var text: String {
        var writer = ByteWriter(capacity: 35)
        writer.write(Self.version)
        writer.writeFixed(shard)
        writer.writeFixed(execution.rawValue)
        writer.writeFixed(ordinal.rawValue)
        writer.writeRaw(secret)
        return Base64URL.encode(writer.bytes)
    }

    /// Reads a token; nil when the text is none of ours.
    package init?(text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == 35, bytes[0] == Self.version else {
            return nil
        }
        var reader = ByteReader(bytes[1...])
        guard let shard = try? reader.readFixed16(), let execution = try? reader.readFixed64(),
            let ordinal = try? reader.readFixed64(), let secret = try? reader.readRaw(16)
        else { return nil }
        self.init(
            shard: shard,
            execution: ExecutionNumber(execution),
            ordinal: Ordinal(ordinal),
            secret: Array(secret)
        )
    }
}

/// Base64 with the URL-safe alphabet and without padding (RFC 4648, section 5).
package enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )

    /// The text of some bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> bits & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << (6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil when it has another character or stray bits at its end.
    package static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for character in text.utf8 {
            guard let value = value(of: character) else { return nil }
            buffer = buffer << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        let stray = buffer & (1 << bits - 1)
        return bits < 6 && stray == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character) - 0x41
        case 0x61...0x7A: UInt32(character) - 0x61 + 26
        case 0x30...0x39: UInt32(character) - 0x30 + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
