package import StepwellHistory
package import StepwellJSON

/// The text of a JSON document in a picture, or its beginning.
public struct PicturedPayload: Sendable, Hashable {
    /// The JSON text, or as much of it as is shown.
    public let text: String
    /// How many bytes the whole text has.
    public let byteCount: Int

    /// Whether the text is longer than what is shown of it.
    public var isTruncated: Bool { text.utf8.count < byteCount }

    /// The text of a payload, cut at a number of bytes (nil: whole) where a character ends.
    package init(_ payload: Payload, limit: Int? = nil) {
        let bytes = payload.text
        byteCount = bytes.count
        guard let limit, bytes.count > limit else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        var end = max(0, limit)
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        text = String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// The document itself, or what is shown of its text.
    package var value: JSONValue {
        guard !isTruncated, let value = try? JSONParser.parse(Array(text.utf8)) else {
            return .string(text)
        }
        return value
    }
}
