import StepwellHistory
import StepwellJSON
import Testing

@Suite("Payloads")
struct PayloadTests {
    @Test("A payload is parsed once, whatever copies of it there are")
    func parsedOnce() throws {
        let payload = Payload(text: Array(#"{"a":[1,2]}"#.utf8))
        var copy = payload
        copy.location = PayloadLocation(ordinal: Ordinal(3))
        #expect(payload.parsed == nil)
        let value = try copy.value()
        #expect(payload.parsed == value)
        #expect(copy.isCopy(of: payload))
        #expect(try payload.value() == value)
    }

    @Test("Equal texts are equal payloads, and no copies of one")
    func equality() throws {
        let payload = Payload(.array([true]))
        let other = Payload(text: Array("[true]".utf8))
        #expect(payload == other)
        #expect(!payload.isCopy(of: other))
        #expect(payload.parsed == .array([true]))
        #expect(other.parsed == nil)
        #expect(throws: JSONParseError.self) { try Payload(text: [0x5B]).value() }
    }
}
