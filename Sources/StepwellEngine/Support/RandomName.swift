/// Names that the engine makes.
enum RandomName {
    /// A random UUID (version 4) in lower case, as AWS names executions that are given no name.
    static func uuid(_ entropy: any Entropy) -> String {
        var bytes = entropy.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(ofUUID: bytes)
    }

    /// The text of a UUID's 16 bytes in lower case.
    static func text(ofUUID bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                text.append(UInt8(ascii: "-"))
            }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let digits = [UInt8]("0123456789abcdef".utf8)
}
