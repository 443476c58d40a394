import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Paths that lead nowhere")
struct JSONPathErrorTests {
    @Test(
        "the reasons are Jayway's",
        arguments: [
            ("$.a", "{}", "No results for path: $['a']"),
            ("$.a.b", #"{"a":{}}"#, "No results for path: $['a']['b']"),
            ("$.a[3]", #"{"a":[1]}"#, "No results for path: $['a'][3]"),
            ("$.a[-3]", #"{"a":[1]}"#, "No results for path: $['a'][-3]"),
            ("$.a.b", "{}", "Missing property in path $['a']"),
            ("$.a.b.c", #"{"a":{}}"#, "Missing property in path $['a']['b']"),
            (
                "$.y.x", #"{"y":"text"}"#,
                "Expected to find an object with property ['x'] in path $['y'] but found "
                    + "'java.lang.String'. This is not a json object according to the "
                    + "JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
            ),
            ("$.a[0]", #"{"a":null}"#, "The path $['a'] is null"),
            (
                "$.a[0]", #"{"a":{"b":[1,"x"]}}"#,
                "Filter: [0] can only be applied to arrays. Current context is: {b=[1, x]}"
            ),
        ]
    )
    func reasons(path: String, input: String, reason: String) throws {
        let error = try #require(try failure(path, on: input))
        #expect(error.reason == reason)
        #expect(error.isNotFound)
    }

    @Test(
        "the class named is the one that Jackson reads a value into",
        arguments: [
            ("1", "java.lang.Integer"), ("3000000000", "java.lang.Long"),
            ("1.5", "java.lang.Double"), ("1e2", "java.lang.Double"),
            ("12345678901234567890", "java.math.BigInteger"), ("true", "java.lang.Boolean"),
            ("[]", "java.util.ArrayList"), (#""x""#, "java.lang.String"),
        ]
    )
    func classes(value: String, name: String) throws {
        let error = try failure("$.a", on: value)
        #expect(error == .notAnObject(property: "['a']", path: "$", found: name))
    }

    @Test("an input of null is no start for a path, but in the first dialect")
    func nullInput() throws {
        for path in ["$", "$.a", "$[*]", "$[?(@.a)]"] {
            let error = try #require(try failure(path, on: "null"))
            #expect(error == .nullInput)
            #expect(!error.isNotFound)
            #expect(error.reason == "Unable to apply Path transformation to null or empty input.")
        }
        var budget = EvaluationBudget(steps: 100)
        let scope = TestScope(dialect: .first)
        #expect(try JSONPath(parsing: "$").evaluate(in: scope, budget: &budget) == .null)
        #expect(try JSONPath(parsing: "$$").evaluate(in: TestScope(), budget: &budget) == .null)
    }

    @Test(
        "a path that is negated leads nowhere when it leads to null, but in the first dialect",
        arguments: [
            ("$[?(!@.k)].i", "[1,3]", "[3]"), ("$[?(!@['k'])].i", "[1,3]", "[3]"),
            ("$[?(!(@.k))].i", "[1,3]", "[3]"), ("$[?(!@.k && @.i == 1)].i", "[1]", "[]"),
            ("$[?(@.k)].i", "[1,2]", "[1,2]"),
        ]
    )
    func negation(path: String, current: String, first: String) throws {
        let input = try json(#"[{"i":1,"k":null},{"i":2,"k":false},{"i":3}]"#)
        for (dialect, expected) in [(PathDialect.current, current), (.first, first)] {
            var budget = EvaluationBudget(steps: 1_000)
            let scope = TestScope(input: input, dialect: dialect)
            let found = try JSONPath(parsing: path).evaluate(in: scope, budget: &budget)
            #expect(JSONWriter.string(found) == expected)
        }
    }

    @Test(
        "an indefinite path that leads nowhere is an empty array",
        arguments: [
            ("$.a[*]", "{}"), ("$.a.b[1:5].c", "{}"), ("$.a[*]", #"{"a":"text"}"#),
            ("$[?(@.x)]", "3"), ("$..x", "1"),
        ]
    )
    func empty(path: String, input: String) throws {
        #expect(try evaluate(path, on: input) == .array([]))
    }
}
