import StepwellJSON
import Testing

@Suite
struct JSONPointerTests {
    /// The examples of RFC 6901, section 5.
    @Test(arguments: [
        ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"),
        ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"),
        ("/ ", "7"), ("/m~0n", "8"),
    ])
    func examples(_ text: String, _ expected: String) throws {
        let value = try JSONValue(
            parsing: #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"#
                + #""k\"l":6," ":7,"m~n":8}"#
        )
        let pointer = try #require(JSONPointer(text))
        #expect(value[pointer]?.description == expected)
        #expect(pointer.description == text)
        #expect(value[.root] == value)
    }

    @Test(arguments: ["foo", "~", "/~", "/~2", "/a~", "a/b"])
    func malformed(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: ["/a/2", "/a/01", "/a/-1", "/a/-", "/a/+1", "/a/", "/b", "/a/0/x"])
    func leadsNowhere(_ text: String) throws {
        let value: JSONValue = ["a": [1, 2]]
        #expect(value[try #require(JSONPointer(text))] == nil)
    }

    @Test
    func building() {
        let pointer = JSONPointer.root.appending("a/b").appending(3).appending("~")
        #expect(pointer.description == "/a~1b/3/~0")
        #expect(pointer.tokens == ["a/b", "3", "~"])
        #expect(pointer.parent == JSONPointer("/a~1b/3"))
        #expect(JSONPointer.root.parent == nil)
        #expect(JSONPointer.root.description.isEmpty)
        #expect(JSONPointer(tokens: ["\u{E9}"]) != JSONPointer(tokens: ["e\u{301}"]))
        #expect(Set([pointer, JSONPointer(tokens: pointer.tokens)]).count == 1)
    }
}
