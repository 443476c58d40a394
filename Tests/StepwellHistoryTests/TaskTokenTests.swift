import StepwellHistory
import Testing

@Suite("Task tokens")
struct TaskTokenTests {
    private static let token = TaskToken(
        shard: 513,
        execution: ExecutionNumber(.max - 1),
        ordinal: Ordinal(7),
        secret: Array(0..<16)
    )

    @Test("A token comes back from its text")
    func roundTrip() {
        let text = Self.token.text
        #expect(text == "AQIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg8")
        #expect(TaskToken(text: text) == Self.token)
    }

    @Test(
        "Garbage is none",
        arguments: [
            "", "A", "token", "AQIB", String(repeating: "A", count: 47),
            String(repeating: "A", count: 2048), "AQIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg9",
            "AgIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg8",
            "AQIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg8=",
            "AQIB//////////4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg8",
            "AQIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDg8A",
            "AQIB__________4AAAAAAAAABwABAgMEBQYHCAkKCwwNDé8",
        ]
    )
    func garbage(_ text: String) {
        #expect(TaskToken(text: text) == nil)
    }

    @Test("Base64 without padding, of every length (RFC 4648)")
    func base64() {
        for (bytes, text) in [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
        ] {
            #expect(Base64URL.encode(Array(bytes.utf8)) == text)
            #expect(Base64URL.decode(text) == Array(bytes.utf8))
        }
        var random = SplitMix(seed: 4)
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }
}
