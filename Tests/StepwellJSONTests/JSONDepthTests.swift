import StepwellJSON
import Testing

/// Values at the limits of nesting are parsed, compared, written and freed on an ordinary stack.
@Suite
struct JSONDepthTests {
    private func nested(_ depth: Int, objects: Bool) -> String {
        objects
            ? String(repeating: #"{"a":"#, count: depth) + "1"
                + String(repeating: "}", count: depth)
            : String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(arguments: [512, 1024], [false, true])
    func atTheLimit(_ depth: Int, objects: Bool) throws {
        let text = nested(depth, objects: objects)
        let value = try JSONParser.parse(text, maximumDepth: depth)
        let again = try JSONParser.parse(text, maximumDepth: depth)
        #expect(value == again)
        #expect(JSONWriter.string(value) == text)
        let pretty = JSONWriter.writePretty(value, indent: 0)
        #expect(try JSONParser.parse(pretty, maximumDepth: depth) == value)
    }

    @Test(arguments: [0, 1, 2, 512])
    func beyondTheLimit(_ depth: Int) {
        let text = nested(depth + 1, objects: true)
        #expect(throws: JSONParseError.self) {
            try JSONParser.parse(text, maximumDepth: depth)
        }
    }

    @Test
    func noLimitCanBeAskedForThatTheStackDoesNotBear() throws {
        let text = nested(100_000, objects: false)
        let error = try #require(throws: JSONParseError.self) {
            try JSONParser.parse(text, maximumDepth: .max)
        }
        #expect(error.offset == JSONParser.greatestMaximumDepth)
    }

    @Test
    func depthCountsOnlyWhatIsOpen() throws {
        _ = try JSONParser.parse("[[],[],[[]]]", maximumDepth: 3)
        _ = try JSONParser.parse("1", maximumDepth: 0)
    }
}
