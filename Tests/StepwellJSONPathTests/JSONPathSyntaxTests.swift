import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Texts that are no paths")
struct JSONPathSyntaxTests {
    @Test(
        "the problem and its place",
        arguments: [
            ("", 0, "starts with '$'"), ("a", 0, "starts with '$'"), ("@.a", 0, "starts with"),
            ("$.", 2, "must not end"), ("$.a.", 4, "must not end"), ("$..", 3, "must not end"),
            ("$...a", 3, "expected a name"), ("$.a b", 3, "brackets"), ("$[", 2, "the end"),
            ("$['a'", 5, "']'"), ("$['a", 2, "no end"), ("$[]", 2, "a name, an index"),
            ("$['a',]", 6, "quoted name"), ("$[0,]", 4, "an index"), ("$[:]", 3, "a start"),
            ("$[1:2:3]", 5, "step"), ("$[99999999999]", 2, "not an index"),
            ("$[?]", 3, "'(' of a filter"), ("$[?(@.a]", 7, "')'"), ("$[?(@.a ==)]", 10, "a value"),
            ("$[?(1)]", 5, "an operator"), ("$[?(@.a =~ 'x')]", 4, "'=~'"),
            ("$[?(@ == /a/)]", 4, "'=~'"),
            ("$[?(@.a == $$.b)]", 12, "no '$$'"), ("$[?(@.a == $v)]", 12, "no variable"),
            ("$.nope()", 2, "no path function"), ("$.index()", 2, "0 arguments"),
            ("$..length()", 9, "not a function"), ("$1a", 1, "a digit"), ("$a-b", 2, "variable"),
            ("$x y", 3, "the end of the path"),
        ]
    )
    func problems(text: String, offset: Int, reason: String) {
        let error = #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: text) }
        #expect(error?.offset == offset, "\(error?.reason ?? "")")
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("the name of a variable has at most 80 characters (AWS, passing data with variables)")
    func variableNames() throws {
        let longest = String(repeating: "é", count: 80)
        #expect(try JSONPath(parsing: "$\(longest).a").variables == [longest])
        #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: "$\(longest)x") }
    }

    @Test("sizes and nesting are bounded")
    func bounds() throws {
        let segments = String(repeating: ".a", count: PathLimits.segments)
        #expect(try JSONPath(parsing: "$" + segments).isDefinite)
        #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: "$\(segments).a") }
        for opening in ["$[?(", "(", "!", "[", "{'a':"] {
            let text = "$[?(@ == " + String(repeating: opening, count: 100_000)
            #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: text) }
            let condition = "$[?(" + String(repeating: opening, count: 100_000)
            #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: condition) }
        }
        let filters = String(repeating: "[?(@", count: 100_000)
        #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: "$\(filters)") }
        let calls = String(repeating: "$.sum(", count: 100_000)
        #expect(throws: JSONPathSyntaxError.self) { try JSONPath(parsing: calls) }
        let terms = String(repeating: "@.a && ", count: 50_000) + "@.a"
        #expect(try evaluate("$[?(\(terms))]", on: #"[{"b":1}]"#) == .array([]))
    }

    @Test("any bytes give a path or an error with a place inside the text")
    func anything() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        let alphabet = Array("$@.[]()*?'\"\\,:-01ab =~<>!&|/{}é".unicodeScalars)
        for _ in 0..<20_000 {
            var text = "$"
            for _ in 0..<(state >> 60) + 4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            do {
                let path = try JSONPath(parsing: text)
                #expect(path.text.utf8.elementsEqual(text.utf8))
            } catch {
                #expect((0...text.utf8.count).contains(error.offset), "\(text)")
            }
        }
    }
}
