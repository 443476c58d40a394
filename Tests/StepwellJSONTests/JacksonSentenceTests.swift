import StepwellJSON
import Testing

/// What Jackson says of texts that are no JSON, less the source.
@Suite("Jackson's sentences")
struct JacksonSentenceTests {
    private static let values =
        "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

    private static let minus = "expected digit (0-9) to follow minus sign, for valid numeric value"

    private static func nonStandard(_ token: String) -> String {
        "Non-standard token '\(token)': enable "
            + "JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow"
    }

    private static let rows: [(text: String, reason: String, line: Int, column: Int)] = [
        ("not JSON", "Unrecognized token 'not': was expecting \(values)", 1, 4),
        (
            "{a: 1}",
            "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
            1, 3
        ),
        (
            "{\"a\": 1,\n}",
            "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
            2, 2
        ),
        (
            "{\"a\" 1}",
            "Unexpected character ('1' (code 49)): "
                + "was expecting a colon to separate field name and value",
            1, 7
        ),
        (
            "{\"a\": 1 \"b\": 2}",
            "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
            1, 10
        ),
        (
            "[1 2]",
            "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
            1, 5
        ),
        ("[1,]", "Unexpected character (']' (code 93)): expected a valid value \(values)", 1, 5),
        ("{\"a\":", "Unexpected end-of-input within/between Object entries", 1, 6),
        ("{\"a", "Unexpected end-of-input in field name", 1, 4),
        ("[\"a", "Unexpected end-of-input: was expecting closing quote for a string value", 1, 4),
        (
            "[\"a\nb\"]",
            "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be "
                + "escaped using backslash to be included in string value",
            2, 1
        ),
        ("[\"\\x\"]", "Unrecognized character escape 'x' (code 120)", 1, 5),
        ("[01]", "Invalid numeric value: Leading zeroes not allowed", 1, 3),
        (
            "[1.]",
            "Unexpected character (']' (code 93)) in numeric value: "
                + "Decimal point not followed by a digit",
            1, 5
        ),
        ("NaN", nonStandard("NaN"), 1, 4), ("[Infinity]", nonStandard("Infinity"), 1, 10),
        ("[-Infinity]", nonStandard("-Infinity"), 1, 11), ("[+INF]", nonStandard("+INF"), 1, 6),
        ("NaNs", "Unrecognized token 'NaNs': was expecting \(values)", 1, 5),
        ("[-Inf]", "Unrecognized token '-Inf': was expecting \(values)", 1, 6),
        ("+1", "Unexpected character ('1' (code 49)) in numeric value: \(minus)", 1, 3),
        ("-x", "Unexpected character ('x' (code 120)) in numeric value: \(minus)", 1, 3),
        ("[-Ix]", "Unexpected character ('x' (code 120)) in numeric value: \(minus)", 1, 5),
        ("é", "Unrecognized token 'é': was expecting \(values)", 1, 2),
    ]

    @Test("The sentence and the place", arguments: rows)
    func sentence(text: String, reason: String, line: Int, column: Int) {
        #expect(
            JacksonSentence.about(Array(text.utf8))
                == "\(reason)\n at [Source: (String)\"\(text)\"; line: \(line), column: \(column)]"
        )
    }

    @Test("However much is open, and however long a token is, there is one sentence")
    func largeTexts() throws {
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
        let open = try #require(JacksonSentence.about(brackets))
        #expect(open.hasPrefix("Unexpected end-of-input"))
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
        let token = try #require(JacksonSentence.about(letters))
        let shown = String(repeating: "a", count: 256)
        #expect(token.hasPrefix("Unrecognized token '\(shown)...': was expecting "))
        #expect(token.hasSuffix("; line: 1, column: 257]"))
    }

    @Test("What is open says where it began")
    func containers() {
        #expect(
            JacksonSentence.about(Array("{\"a\": [1}".utf8)) == """
                Unexpected close marker '}': expected ']' (for Array starting at [Source: \
                (String)"{"a": [1}"; line: 1, column: 7])
                 at [Source: (String)"{"a": [1}"; line: 1, column: 10]
                """
        )
        #expect(
            JacksonSentence.about(Array("{\"a\": 1".utf8)) == """
                Unexpected end-of-input: expected close marker for Object (start marker at \
                [Source: (String)"{"a": 1"; line: 1, column: 1])
                 at [Source: (String)"{"a": 1"; line: 1, column: 8]
                """
        )
    }

    @Test("A long source is cut after 500 characters")
    func long() throws {
        let sentence = try #require(
            JacksonSentence.about(Array((String(repeating: " ", count: 600) + "x").utf8))
        )
        #expect(sentence.hasSuffix("    \"[truncated 101 chars]; line: 1, column: 602]"))
    }

    @Test(
        "Of JSON there is nothing to say",
        arguments: ["{}", " [1, -2.5e+3, \"\\u00e9\", null]\n"]
    )
    func fine(text: String) {
        #expect(JacksonSentence.about(Array(text.utf8)) == nil)
    }
}
