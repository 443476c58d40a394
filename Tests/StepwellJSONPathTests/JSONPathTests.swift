import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Paths on values")
struct JSONPathTests {
    @Test(
        "a definite path leads to one value",
        arguments: [
            ("$", #"{"a":1}"#, #"{"a":1}"#),
            ("$.a", #"{"a":1}"#, "1"),
            ("  $.a  ", #"{"a":1}"#, "1"),
            ("$.a.b.c", #"{"a":{"b":{"c":[true]}}}"#, "[true]"),
            ("$['a']['b c']", #"{"a":{"b c":2}}"#, "2"),
            (#"$["a"]"#, #"{"a":null}"#, "null"),
            ("$.['a']", #"{"a":3}"#, "3"),
            ("$.a[0]", #"{"a":[1,2]}"#, "1"),
            ("$[ 1 ]", "[1,2]", "2"),
            ("$.[0]", "[7]", "7"),
            ("$.a[-1]", #"{"a":[1,2,3]}"#, "3"),
            ("$.a-b", #"{"a-b":4}"#, "4"),
            ("$.a:b", #"{"a:b":5}"#, "5"),
            ("$.été", #"{"été":6}"#, "6"),
            (#"$['it\'s']"#, #"{"it's":7}"#, "7"),
            (#"$['back\\slash']"#, #"{"back\\slash":8}"#, "8"),
            (#"$['a\"b']"#, #"{"a\\\"b":9}"#, "9"),
            ("$['a','b']", #"{"a":1,"b":2,"c":3}"#, #"{"a":1,"b":2}"#),
            ("$['a','x']", #"{"a":1}"#, #"{"a":1}"#),
            ("$['a.b']", #"{"a.b":1}"#, "1"),
            ("$['$.x']", #"{"$.x":1}"#, "1"),
        ]
    )
    func definite(path: String, input: String, expected: String) throws {
        #expect(try JSONPath(parsing: path).isDefinite)
        #expect(try evaluate(path, on: input) == json(expected))
    }

    @Test(
        "an indefinite path leads to the array of its matches",
        arguments: [
            ("$.*", #"{"a":1,"b":[2]}"#, "[1,[2]]"),
            ("$[*]", "[1,2]", "[1,2]"),
            ("$[*]", "3", "[]"),
            ("$.a[*].b", #"{"a":[{"b":1},{"c":2},3,{"b":4}]}"#, "[1,4]"),
            ("$.a[0,2]", #"{"a":[1,2,3]}"#, "[1,3]"),
            ("$.a[0,9,-1]", #"{"a":[1,2,3]}"#, "[1,3]"),
            ("$.a['x','y'].z", #"{"a":{"x":{"z":1},"y":{"z":2}}}"#, "[1,2]"),
            ("$[*]['x','y']", #"[{"x":1,"y":2,"z":3}]"#, #"[{"x":1,"y":2}]"#),
            ("$..b", #"{"a":{"b":1},"c":[{"b":2}],"b":3}"#, "[3,1,2]"),
            ("$..['b']", #"{"a":{"b":1}}"#, "[1]"),
            ("$..*", #"{"a":[1]}"#, "[[1],1]"),
            ("$..[0]", #"{"a":[1,[2]],"b":3}"#, "[1,2]"),
            ("$..a.b", #"{"a":{"b":1,"a":{"b":2}}}"#, "[1,2]"),
            ("$.a..x", #"{"a":{"x":1},"x":2}"#, "[1]"),
        ]
    )
    func indefinite(path: String, input: String, expected: String) throws {
        #expect(try !JSONPath(parsing: path).isDefinite)
        #expect(try evaluate(path, on: input) == json(expected))
    }

    @Test(
        "slices count as Jayway's library does",
        arguments: [
            ("$[1:3]", "[1,2]"), ("$[:2]", "[0,1]"), ("$[3:]", "[3,4]"), ("$[-2:]", "[3,4]"),
            ("$[:-2]", "[0,1,2]"), ("$[-3:-1]", "[2,3]"), ("$[1:-1]", "[]"), ("$[3:1]", "[]"),
            ("$[2:99]", "[2,3,4]"), ("$[9:]", "[]"), ("$[:0]", "[]"), ("$[ 1 : 2 ]", "[1]"),
            ("$[-9:2]", "[0,1,2,3,4,0,1]"), ("$[-2147483648:2147483647]", "[0,1,2,3,4,0,1,2,3,4]"),
        ]
    )
    func slices(path: String, expected: String) throws {
        #expect(try evaluate(path, on: "[0,1,2,3,4]") == json(expected))
    }

    @Test("the roots are the input, the context object and variables")
    func roots() throws {
        let scope = TestScope(
            input: try json(#"{"a":1}"#),
            context: try json(#"{"a":2}"#),
            variables: [("name", try json(#"{"a":3,"l":[4]}"#))]
        )
        var budget = EvaluationBudget(steps: 1_000)
        let paths = ["$.a", "$$.a", "$name.a", "$name['a']", "$name.l[0]"]
        let values = try paths.map { path in
            try JSONPath(parsing: path).evaluate(in: scope, budget: &budget)
        }
        #expect(values == [1, 2, 3, 3, 4].map { .number(JSONNumber(Int64($0))) })
        #expect(try JSONPath(parsing: "$$").isRoot)
        #expect(try JSONPath(parsing: "$name").root == .variable("name"))
        #expect(throws: JSONPathError.undefinedVariable(name: "other")) {
            try JSONPath(parsing: "$other").evaluate(in: scope, budget: &budget)
        }
    }

    @Test("names are told apart by bytes, not by Unicode equivalence")
    func names() throws {
        let input = "{\"e\u{301}\":1,\"\u{E9}\":2}"
        #expect(try evaluate("$.\u{E9}", on: input) == json("2"))
        #expect(try evaluate("$['e\u{301}']", on: input) == json("1"))
        let composed = try JSONPath(parsing: "$.\u{E9}")
        #expect(try composed != JSONPath(parsing: "$.e\u{301}"))
    }
}
