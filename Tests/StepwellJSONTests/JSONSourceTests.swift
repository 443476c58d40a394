import StepwellJSON
import Testing

@Suite
struct JSONSourceTests {
    private let text = """
        {
          "StartAt": "Ask",
          "States": {
            "é/ü": [10, {"x": null}, []],
            "Ask" : { "Type": "Task", "Type": "Pass" }
          }
        }
        """

    private func position(_ line: Int, _ column: Int) -> [Int] { [line, column] }

    @Test(arguments: [
        ("", 1, 1), ("/StartAt", 2, 14), ("/States", 3, 13), ("/States/é~1ü", 4, 12),
        ("/States/é~1ü/0", 4, 13), ("/States/é~1ü/1", 4, 17), ("/States/é~1ü/1/x", 4, 23),
        ("/States/é~1ü/2", 4, 30), ("/States/Ask", 5, 13), ("/States/Ask/Type", 5, 39),
    ])
    func values(_ text: String, _ line: Int, _ column: Int) throws {
        let pointer = try #require(JSONPointer(text))
        let source = JSONSource(Array(self.text.utf8))
        let found = try #require(source.position(of: pointer))
        #expect([found.line, found.column] == [line, column])
        // What stands there is the value that the pointer leads to.
        let range = try #require(source.range(of: pointer))
        #expect(range.lowerBound == found.offset)
        let part = try JSONParser.parse(Array(Array(self.text.utf8)[range]))
        #expect(part == (try JSONValue(parsing: self.text))[pointer])
    }

    @Test(arguments: [
        ("/StartAt", 2, 3), ("/States/é~1ü", 4, 5), ("/States/é~1ü/1/x", 4, 18),
        ("/States/Ask", 5, 5), ("/States/Ask/Type", 5, 31),
    ])
    func keys(_ text: String, _ line: Int, _ column: Int) throws {
        let pointer = try #require(JSONPointer(text))
        let found = try #require(JSONSource(Array(self.text.utf8)).keyPosition(of: pointer))
        #expect([found.line, found.column] == [line, column])
    }

    @Test(arguments: [
        "/Other", "/States/é~1ü/3", "/States/é~1ü/x", "/StartAt/x", "/States/é~1ü/2/0",
    ])
    func absent(_ text: String) throws {
        let pointer = try #require(JSONPointer(text))
        let source = JSONSource(Array(self.text.utf8))
        #expect(source.position(of: pointer) == nil)
        #expect(source.keyPosition(of: pointer) == nil)
    }

    @Test
    func whatHasNoKey() throws {
        let source = JSONSource(Array(text.utf8))
        #expect(source.keyPosition(of: .root) == nil)
        #expect(source.keyPosition(of: try #require(JSONPointer("/States/é~1ü/0"))) == nil)
    }

    @Test(arguments: ["", "{", #"{"a""#, #"{"a":"#, #"{"a":1"#, "[", "[1", "[1,", #"{"a" 1}"#])
    func brokenText(_ text: String) {
        let source = JSONSource(Array(text.utf8))
        #expect(source.position(of: JSONPointer(tokens: ["b"])) == nil)
        #expect(source.position(of: JSONPointer(tokens: ["1"])) == nil)
    }
}
