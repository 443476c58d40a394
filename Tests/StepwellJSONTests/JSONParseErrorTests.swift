import StepwellJSON
import Testing

@Suite
struct JSONParseErrorTests {
    @Test(arguments: [
        ("", "unexpected end of text, expected a value", 0),
        ("  ", "unexpected end of text, expected a value", 2),
        ("[1,]", "unexpected character ']', expected a value", 3),
        ("[1 2]", "unexpected character '2', expected ',' or ']'", 3),
        ("{1:2}", "unexpected character '1', expected a key in quotes", 1),
        (#"{"a" 2}"#, "unexpected character '2', expected ':'", 5),
        (#"{"a":2,}"#, "unexpected character '}', expected a key in quotes", 7),
        (#"{"a":2"#, "unexpected end of text, expected ',' or '}'", 6),
        ("{} x", "unexpected character 'x', expected the end of the text", 3),
        ("nul", "unexpected end of text, expected null", 3),
        ("trUe", "unexpected character 'U', expected true", 2),
        ("\"abc", "unexpected end of text inside a string", 4),
        ("\"abc\\", "unexpected end of text inside a string", 5),
        ("\"a\nb\"", "control character U+000A in a string has to be written as an escape", 2),
        (#""a\x""#, #"invalid escape in a string: \ followed by character 'x'"#, 3),
        (#""\é""#, #"invalid escape in a string: \ followed by character 'é'"#, 2),
        (
            #""ab\u12g4""#,
            #"invalid escape in a string: \u has to be followed by four hexadecimal digits"#, 3
        ),
        ("[01]", "a number may not have a leading zero", 1),
        ("-", "unexpected end of text, expected a digit", 1),
        ("[-x]", "unexpected character 'x', expected a digit", 2),
        ("[1.]", "unexpected character ']', expected a digit", 3),
        ("[1e+]", "unexpected character ']', expected a digit", 4),
        ("[+1]", "unexpected character '+', expected a value", 1),
        ("[NaN]", "unexpected character 'N', expected a value", 1),
        ("[é]", "unexpected character 'é', expected a value", 1),
        ("{'a':1}", "unexpected character ''', expected a key in quotes", 1),
        ("\u{FEFF}1", "the text starts with a byte order mark; it has to start with a value", 0),
    ])
    func reasonAndOffset(_ text: String, _ reason: String, _ offset: Int) throws {
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(text) }
        #expect(error.reason == reason)
        #expect(error.offset == offset)
    }

    @Test(arguments: [
        ("x", 1, 1),
        ("[\n  1,\n  x]", 3, 3),
        ("[\r\n\r\n x]", 3, 2),
        ("[\r\r x]", 3, 2),
        ("[\"é€😀\", x]", 1, 9),
        ("[1,\n", 2, 1),
    ])
    func lineAndColumn(_ text: String, _ line: Int, _ column: Int) throws {
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(text) }
        #expect([error.line, error.column] == [line, column])
        #expect(error.description == "\(error.reason) (line \(line), column \(column))")
    }

    @Test(arguments: [
        (#"{"a":1,"b":2,"a":3}"#, #"the member "a" is given twice"#, 13),
        (#"{"o":{"a":1,"\u0061":3}}"#, #"the member "\u0061" is given twice"#, 12),
        (#"[{"\"":1,"\"":3}]"#, #"the member "\"" is given twice"#, 9),
        (#"{"":1,"":3}"#, #"the member "" is given twice"#, 6),
    ])
    func repeatedKeys(_ text: String, _ reason: String, _ offset: Int) throws {
        let error = try #require(throws: JSONParseError.self) {
            try JSONParser.parseStructure(Array(text.utf8))
        }
        #expect(error.reason == reason)
        #expect(error.offset == offset)
        // Elsewhere the last counts.
        #expect(throws: Never.self) { try JSONParser.parse(text) }
    }

    @Test
    func repeatedKeysOfLargeObjects() throws {
        let members = (0..<100).map { #""k\#($0)":1"# }
        let text = { (members: [String]) in Array("{\(members.joined(separator: ","))}".utf8) }
        #expect(try JSONParser.parseStructure(text(members)).objectValue?.count == 100)
        #expect(throws: JSONParseError.self) {
            try JSONParser.parseStructure(text(members + [#""k7":2"#]))
        }
    }

    @Test
    func theDepthLimitIsNamed() throws {
        let deep = String(repeating: "[", count: 513) + String(repeating: "]", count: 513)
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(deep) }
        #expect(error.reason == "arrays and objects are nested deeper than 512 levels")
        #expect(error.offset == 512)
    }
}
