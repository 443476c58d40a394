import StepwellJSON
import Testing

@Suite
struct JSONParserTests {
    @Test
    func valuesOfEveryKind() throws {
        let value = try JSONParser.parse(
            #" { "a" : [ null , true , false , -7 , "x" , { } , [ ] ] , "b" : 2.5 } "#
        )
        guard case .object(let object) = value else {
            Issue.record("not an object")
            return
        }
        #expect(object.keys == ["a", "b"])
        let text = JSONWriter.string(value)
        #expect(text == #"{"a":[null,true,false,-7,"x",{},[]],"b":2.5}"#)
    }

    @Test
    func membersKeepTheirOrder() throws {
        let text = #"{"z":1,"a":2,"m":3,"A":4}"#
        #expect(JSONWriter.string(try JSONParser.parse(text)) == text)
    }

    @Test
    func theLastOfEqualKeysWinsInTheFirstPlace() throws {
        let value = try JSONParser.parse(#"{"a":1,"b":2,"\u0061":{"c":3}}"#)
        #expect(JSONWriter.string(value) == #"{"a":{"c":3},"b":2}"#)
    }

    @Test(arguments: [15, 16, 17, 18, 33, 1000])
    func equalKeysInObjectsOfAnySize(_ count: Int) throws {
        let keys = (0..<count).map { "key\($0)" }
        let once = keys.map { "\"\($0)\":0" }
        let again = keys.map { "\"\($0)\":[\"\($0)\"]" }
        let text = "{" + (once + again).joined(separator: ",") + "}"
        let expected = "{" + again.joined(separator: ",") + "}"
        #expect(JSONWriter.string(try JSONParser.parse(text)) == expected)
    }

    @Test
    func keysAreComparedByBytes() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
        let value = try JSONParser.parse(text)
        #expect(JSONWriter.write(value) == Array(text.utf8))
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u20AC\uD83D\uDE00""#, "Aé€😀"),
        (#""abcdefgh\u0000ijklmnop""#, "abcdefgh\u{0}ijklmnop"),
        (
            "\"a\u{7F}é€😀, and then plain text of some length\"",
            "a\u{7F}é€😀, and then plain text of some length"
        ),
        (#""\\\\""#, #"\\"#),
    ])
    func strings(_ text: String, _ expected: String) throws {
        #expect(try JSONParser.parse(text) == .string(expected))
    }

    /// A special byte at every place relative to the words of eight that are scanned at once.
    @Test(arguments: 0..<20)
    func stringsOfEveryLength(_ length: Int) throws {
        let plain = String(repeating: "x", count: length)
        for special in ["", "é", "\\n", "€", "\\u00e9"] {
            for tail in ["", "y", String(repeating: "z", count: 9)] {
                let text = "\"" + plain + special + tail + "\""
                let value = try JSONParser.parse(text)
                let unescaped = text.replacing("\\n", with: "\n").replacing("\\u00e9", with: "é")
                #expect(value == .string(String(unescaped.dropFirst().dropLast())))
            }
        }
    }

    @Test(arguments: 0..<20)
    func badBytesAtEveryPlace(_ length: Int) throws {
        let plain = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        for bad: UInt8 in [0x00, 0x0A, 0x1F, 0x80, 0xFF] {
            let bytes = Array("[\"".utf8) + plain + [bad] + Array("tail of it\"]".utf8)
            let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(bytes) }
            #expect(error.offset == length + 2)
        }
    }

    @Test
    func everyWayIntoTheParserGivesTheSame() throws {
        let text = #"{"a":[1,2,{"b":"c"}]}"#
        let bytes = Array(text.utf8)
        let value = try JSONParser.parse(text)
        #expect(try JSONParser.parse(bytes) == value)
        #expect(try JSONParser.parse(bytes.span) == value)
        #expect(try bytes.withUnsafeBufferPointer { try JSONParser.parse($0) } == value)
        // Of a part, nothing beyond its end is looked at.
        let part = bytes[5..<20]
        let partial = try part.withUnsafeBufferPointer { try JSONParser.parse($0) }
        #expect(JSONWriter.string(partial) == #"[1,2,{"b":"c"}]"#)
    }

    /// Whatever is cut off, the rest is refused at its end and never read beyond.
    @Test
    func everyPrefixIsRefused() throws {
        let text = #"{"key":[1.5e+3,"\ud83d\ude00é",true,null,{"a":-1}]}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            let prefix = Array(bytes[..<length])
            let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(prefix) }
            #expect(error.offset == length, "\(error) in \(length) bytes")
        }
    }
}
