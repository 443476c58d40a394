package import StepwellJSON
import Synchronization

/// A JSON document that travels through an execution: its text as it was written, and where the
/// log already holds that text.
///
/// A payload that passes through unchanged is stored once and referenced afterwards; it is parsed
/// only when something looks inside it, once for all copies of it, and serialised only when it
/// changed.
package struct Payload: Sendable {
    /// Where the log holds the text already; nil before it is first recorded.
    package var location: PayloadLocation?
    private let content: PayloadContent

    /// The JSON text, UTF-8.
    package var text: [UInt8] { content.text }

    /// The parsed text, when something has looked inside this payload or a copy of it; a cache, no
    /// part of the value.
    package var parsed: JSONValue? { content.value }

    /// A payload from text that is known to be valid JSON.
    package init(text: [UInt8], location: PayloadLocation? = nil) {
        self.location = location
        content = PayloadContent(text: text)
    }

    /// A payload that holds a computed value.
    package init(_ value: JSONValue) {
        location = nil
        content = PayloadContent(text: JSONWriter.write(value), computed: value)
    }

    /// A payload that holds a computed value; nil when its text is longer than `limit` bytes.
    package init?(_ value: JSONValue, atMost limit: Int) {
        guard let text = JSONWriter.write(value, atMost: limit) else { return nil }
        location = nil
        content = PayloadContent(text: text, computed: value)
    }

    /// The value; parses the text when nothing has done so before, and keeps the result for every
    /// copy of the payload.
    package func value() throws(JSONParseError) -> JSONValue {
        if let value = content.value { return value }
        return content.keep(try JSONParser.parse(content.text))
    }

    /// Whether two payloads are copies of one, without a look at the text.
    package func isCopy(of other: Payload) -> Bool { content === other.content }

    /// The text as a string.
    package var string: String {
        String(decoding: text, as: UTF8.self)
    }
}

extension Payload: Equatable {
    /// Payloads are equal when their texts are.
    package static func == (lhs: Payload, rhs: Payload) -> Bool {
        lhs.content === rhs.content || lhs.text == rhs.text
    }
}

/// What the copies of a payload share.
private final class PayloadContent: Sendable {
    let text: [UInt8]
    /// The value that the text was written from.
    private let computed: JSONValue?
    /// The value of the text, stored by the first who parses it: an equal one would follow from the
    /// text at any time, so that it does not matter who that is.
    private let parsed = AtomicLazyReference<ParsedText>()

    init(text: [UInt8], computed: JSONValue? = nil) {
        self.text = text
        self.computed = computed
    }

    var value: JSONValue? { computed ?? parsed.load()?.value }

    func keep(_ value: JSONValue) -> JSONValue {
        parsed.storeIfNil(ParsedText(value)).value
    }
}

/// The value of a payload's text.
private final class ParsedText: Sendable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }
}
