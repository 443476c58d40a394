import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Reference paths")
struct ReferencePathTests {
    @Test(
        "writing puts the value where the path points",
        arguments: [
            ("$", #"{"a":1}"#, "9"), ("$.a", #"{"a":1,"b":2}"#, #"{"a":9,"b":2}"#),
            ("$.c", #"{"a":1}"#, #"{"a":1,"c":9}"#), ("$.a.b.c", "{}", #"{"a":{"b":{"c":9}}}"#),
            ("$['a b']", "{}", #"{"a b":9}"#), ("$.a[1]", #"{"a":[1,2,3]}"#, #"{"a":[1,9,3]}"#),
            ("$[0].x", "[{}]", #"[{"x":9}]"#), ("$.a", #"{"a":{"deep":1}}"#, #"{"a":9}"#),
        ]
    )
    func writing(path: String, input: String, expected: String) throws {
        let reference = try ReferencePath(parsing: path)
        let result = try reference.write(json("9"), into: json(input))
        #expect(String(decoding: JSONWriter.write(result), as: UTF8.self) == expected)
    }

    @Test(
        "a value in the way is an error as AWS words it; the first dialect names the place",
        arguments: [
            ("$.a", "3", "ReferencePath $.a to input 3", "$: 'a' needs an object"),
            ("$.a", #""x""#, #"ReferencePath $.a to input "x""#, "$: 'a' needs an object"),
            ("$.a.b", "null", #"step "a" to input null"#, "$: 'a' needs an object"),
            (
                "$.a.b.c", #"{"a":{"b":"x"}}"#, #"step "c" to input "x""#,
                "$['a']['b']: 'c' needs an object"
            ),
            (
                "$.a[2]", #"{"a":[1]}"#, #"step "2" to input [1]"#,
                "$['a']: the array there has no item 2"
            ),
            ("$.a[0]", "{}", #"step "0" to input {}"#, "$['a']: item 0 needs an array"),
            ("$.a", "[]", #"step "a" to input []"#, "$: 'a' needs"),
        ]
    )
    func conflicts(path: String, input: String, reason: String, first: String) throws {
        let reference = try ReferencePath(parsing: path)
        let error = #expect(throws: ReferencePathError.self) {
            try reference.write(.null, into: json(input))
        }
        #expect(error?.reason == "Unable to apply " + reason)
        #expect(error?.firstReason.contains(first) == true, "\(error?.firstReason ?? "")")
    }

    @Test(
        "a path that is read and leads nowhere, as the reference path that it is",
        arguments: [
            ("$.a", #"{"b":1}"#, #"step "a" to input {"b":1}"#),
            ("$.b.c", #"{"b":[]}"#, #"step "c" to input []"#), ("$.b", #"{"b":null}"#, nil),
            ("$.x[*]", "{}", nil),
        ]
    )
    func reading(path: String, input: String, reason: String?) throws {
        let scope = TestScope(input: try json(input))
        let conflict = try JSONPath(parsing: path).conflict(in: scope)
        #expect(conflict == reason.map { "Unable to apply " + $0 })
    }

    @Test(
        "only names and indices below '$' are reference paths",
        arguments: [
            "$$.a", "$v.a", "$.a[*]", "$..a", "$[-1]", "$[0,1]", "$[0:1]", "$['a','b']",
            "$[?(@.a)]", "$.a.length()", "a", "$.*",
        ]
    )
    func refused(path: String) {
        #expect(throws: JSONPathSyntaxError.self) { try ReferencePath(parsing: path) }
    }

    @Test("reading is that of the path")
    func reading() throws {
        let reference = try ReferencePath(parsing: "$.a[0]")
        var budget = EvaluationBudget(steps: 10)
        let value = try reference.path.evaluate(on: json(#"{"a":[5]}"#), budget: &budget)
        #expect(value == .number(JSONNumber(Int64(5))))
        #expect(reference.text == "$.a[0]")
    }
}
