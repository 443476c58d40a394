import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Functions of paths")
struct JSONPathFunctionTests {
    @Test(
        "each function",
        arguments: [
            ("$.l.length()", "3"), ("$.l.size()", "3"), ("$.o.length()", "2"),
            ("$.s.length()", "null"), ("$.length($.l)", "3"), ("$.l.sum()", "6.0"),
            ("$.l.min()", "1"), ("$.l.max()", "3"), ("$.l.avg()", "2"), ("$.f.stddev()", "2"),
            ("$.l.sum(10, $.l)", "22"), ("$.o.keys()", #"["x","y"]"#), ("$.t.concat()", #""ab""#),
            ("$.t.concat('c', $.s)", #""abcz""#), ("$.l.append(4)", "[1,2,3,4]"),
            ("$.l.first()", "1"), ("$.l.last()", "3"), ("$.l.index(1)", "2"),
            ("$.l.index(-1)", "3"), ("$..n.max()", "9"), ("$..n.length()", "2"),
            ("$.d.first().n", "9"),
        ]
    )
    func values(path: String, expected: String) throws {
        let input = """
            {"l":[1,2,3],"o":{"x":0,"y":0},"s":"z","t":["a","b"],"f":[2,4,4,4,5,5,7,9],
             "d":[{"n":9},{"n":4}]}
            """
        #expect(try JSONPath(parsing: path).isDefinite)
        #expect(try evaluate(path, on: input) == json(expected))
    }

    @Test("a function after a wildcard is applied to each match")
    func indefinite() throws {
        #expect(try evaluate("$[*].length()", on: "[[1],[2,3]]") == json("[1,2]"))
    }

    @Test(
        "a function that cannot be applied says so",
        arguments: ["$.e.max()", "$.s.first()", "$.s.sum()", "$.e.first()", "$.e.index('x')"]
    )
    func failures(path: String) throws {
        let error = try #require(try failure(path, on: #"{"e":[],"s":"z"}"#))
        #expect(!error.isNotFound)
        #expect(!error.reason.isEmpty)
    }
}
