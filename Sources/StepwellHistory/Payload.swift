package import StepwellJSON

/// A JSON document that travels through an execution: its text as it was written, and where the
/// log already holds that text.
///
/// A payload that passes through unchanged is stored once and referenced afterwards; it is parsed
/// only when something looks inside it and serialised only when it changed.
package struct Payload: Sendable {
    /// The JSON text, UTF-8.
    package let text: [UInt8]
    /// Where the log holds the text already; nil before it is first recorded.
    package var location: PayloadLocation?
    /// The parsed text behind one reference, so that a payload that nothing has looked into is
    /// copied at the cost of its text alone.
    private var cache: ParsedText?

    /// The parsed text, when something has looked inside; a cache, no part of the value.
    package var parsed: JSONValue? {
        get { cache?.value }
        set { cache = newValue.map(ParsedText.init) }
    }

    /// A payload from text that is known to be valid JSON.
    package init(text: [UInt8], location: PayloadLocation? = nil) {
        self.text = text
        self.location = location
        self.cache = nil
    }

    /// A payload that holds a computed value.
    package init(_ value: JSONValue) {
        self.text = JSONWriter.write(value)
        self.location = nil
        self.cache = ParsedText(value)
    }

    /// A payload that holds a computed value; nil when its text is longer than `limit` bytes.
    package init?(_ value: JSONValue, atMost limit: Int) {
        guard let text = JSONWriter.write(value, atMost: limit) else { return nil }
        self.text = text
        self.location = nil
        self.cache = ParsedText(value)
    }

    /// The value; parses the text when that has not been done, and keeps the result.
    package mutating func value() throws(JSONParseError) -> JSONValue {
        if let cache { return cache.value }
        let value = try JSONParser.parse(text)
        cache = ParsedText(value)
        return value
    }

    /// The text as a string.
    package var string: String {
        String(decoding: text, as: UTF8.self)
    }
}

extension Payload: Equatable {
    /// Payloads are equal when their texts are.
    package static func == (lhs: Payload, rhs: Payload) -> Bool {
        lhs.text == rhs.text
    }
}

/// The value of a payload's text.
private final class ParsedText: Sendable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }
}
