import StepwellJSON
import Testing

@Suite
struct JSONWriterTests {
    @Test
    func onlyWhatJSONDemandsIsEscaped() {
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}é€😀\u{2028}<>&'"
        let expected = #""\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7F}é€😀\u{2028}<>&'\""
        #expect(JSONWriter.string(.string(text)).utf8.elementsEqual(expected.utf8))
    }

    /// Something to escape at every place relative to the words of eight that are copied at once.
    @Test(arguments: 0..<20)
    func stringsOfEveryLength(_ length: Int) throws {
        let plain = String(repeating: "x", count: length)
        for special in ["", "\n", "é", "\u{1}", "\"\\\"", "😀"] {
            for tail in ["", "y", String(repeating: "z", count: 9)] {
                let value = JSONValue.string(plain + special + tail)
                #expect(try JSONParser.parse(JSONWriter.write(value)) == value)
            }
        }
    }

    @Test
    func manyEscapesFindRoom() throws {
        let value = JSONValue.string(String(repeating: "\u{1}\"", count: 10_000))
        let bytes = JSONWriter.write(value)
        #expect(bytes.count == 10_000 * 8 + 2)
        #expect(try JSONParser.parse(bytes) == value)
    }

    @Test
    func everyWayOutGivesTheSame() throws {
        let value = try JSONParser.parse(#"{"a":[1,2.5,"x",null,true,{}],"b":"é"}"#)
        let bytes = JSONWriter.write(value)
        #expect(JSONWriter.string(value).utf8.elementsEqual(bytes))
        var appended = Array("x=".utf8)
        JSONWriter.write(value, into: &appended)
        #expect(appended == Array("x=".utf8) + bytes)
    }

    @Test
    func pretty() throws {
        let value = try JSONParser.parse(#"{"a":[1,[],{}],"b":{"c":"d"},"e":null}"#)
        let expected = """
            {
              "a": [
                1,
                [],
                {}
              ],
              "b": {
                "c": "d"
              },
              "e": null
            }
            """
        #expect(String(decoding: JSONWriter.writePretty(value), as: UTF8.self) == expected)
        let wide = String(
            decoding: JSONWriter.writePretty(.array([.null]), indent: 4),
            as: UTF8.self
        )
        #expect(wide == "[\n    null\n]")
    }

    @Test(arguments: [Int64.min, -10, -1, 0, 9, 10, 99, 100, 12_345_678_901, .max])
    func integers(_ value: Int64) {
        #expect(JSONWriter.string(.number(JSONNumber(value))) == value.description)
    }
}
