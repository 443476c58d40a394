import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Filters")
struct JSONPathFilterTests {
    @Test(
        "the filters of the bookstore",
        arguments: [
            ("$.store.book[?(@.isbn)].title", #"["Moby Dick","The Lord of the Rings"]"#),
            ("$.store.book[?(!@.isbn)].title", #"["Sayings","Sword"]"#),
            ("$.store.book[?(@.price < 10)].title", #"["Sayings","Moby Dick"]"#),
            ("$..book[?(@.price <= $.expensive)].title", #"["Sayings","Moby Dick"]"#),
            ("$..[?(@.price > 20)].title", #"["The Lord of the Rings"]"#),
            ("$..book[?(@.author =~ /.*REES/i)].title", #"["Sayings"]"#),
            ("$..book[?(@.category=='fiction'&&@.price<10)].title", #"["Moby Dick"]"#),
            (
                "$..book[?(@.price<8.96||(@.price>20&&@.isbn))].title",
                #"["Sayings","The Lord of the Rings"]"#
            ),
            ("$.store.book[?(@.category == reference)].price", "[8.95]"),
            ("$.store.bicycle[?(@.color == 'red')].price", "[19.95]"),
        ]
    )
    func bookstoreFilters(path: String, expected: String) throws {
        #expect(try evaluate(path, on: bookstore) == json(expected))
    }

    @Test(
        "each operator",
        arguments: [
            ("@.a == 1", true), ("@.a != 1", false), ("@.a == '1'", true), ("@.s == 12", true),
            ("@.a === '1'", false), ("@.a === 1", true), ("@.a !== '1'", true),
            ("@.a < 2", true), ("@.a <= 1", true), ("@.a > 1", false), ("@.a >= 1", true),
            ("@.s < 'a'", true), ("@.s > 5", false), ("@.n == null", true), ("@.n", true),
            ("@.none == null", false), ("@.none != null", true), ("@.none < 1", false),
            ("@.b == true", true), ("@.b == false", false), ("@.l == [1,2,3]", true),
            ("@.o == {'k': 'v'}", true), ("@.o == {\"k\": 'w'}", false),
            ("@.a in [1, 2]", true), ("@.a IN [3]", false), ("@.s in ['12','x']", true),
            ("@.a nin [3]", true), ("@.none nin [3]", true), ("@.none in [null]", false),
            ("@.l subsetof [1,2,3,4]", true), ("@.l subsetof [1,2]", false),
            ("@.l anyof [9,3]", true), ("@.l anyof [9]", false), ("@.l noneof [9]", true),
            ("@.l noneof [1]", false), ("@.l all [1,3]", true), ("@.l all [1,9]", false),
            ("@.l size 3", true), ("@.s size 2", true), ("@.l size 2", false),
            ("@.e empty true", true), ("@.l empty false", true), ("@.a empty true", false),
            ("@.l contains 2", true), ("@.l contains 9", false), ("@.s contains '2'", true),
            ("@.s =~ /[0-9]+/", true), ("@.s =~ /[0-9]/", false), ("/1./ =~ @.s", true),
            ("@.l[0] == 1", true), ("@['a'] == 1", true), ("@.l.length() == 3", true),
            ("!(@.a == 1)", false), ("!@.a == 1", false), ("(@.a == 2) || (@.b)", true),
            ("1 == @.a", true), ("@.a == @.l[0]", true), ("@.l[*] contains 2", true),
            ("@.u == 'caf\\u00e9'", true), ("@.u == \"caf\u{E9}\"", true),
            ("@.a == 1.0", true), ("@.a == -1", false), ("@.big == 9007199254740993", true),
            ("@.big == 9007199254740992", false),
        ]
    )
    func operators(condition: String, holds: Bool) throws {
        let item = """
            {"a":1,"s":"12","n":null,"b":true,"l":[1,2,3],"e":[],"o":{"k":"v"},\
            "u":"caf\u{E9}","big":9007199254740993}
            """
        let found = try evaluate("$[?(\(condition))]", on: "[\(item)]")
        #expect(found == (holds ? .array([try json(item)]) : .array([])), "\(condition)")
    }

    @Test("'$' in a filter is the root of the path it stands in")
    func documentRoot() throws {
        let scope = TestScope(
            input: try json(#"{"id":1}"#),
            context: try json(#"{"id":2,"l":[{"i":1},{"i":2}]}"#)
        )
        var budget = EvaluationBudget(steps: 1_000)
        let path = try JSONPath(parsing: "$$.l[?(@.i == $.id)]")
        #expect(try path.evaluate(in: scope, budget: &budget) == json(#"[{"i":2}]"#))
    }

    @Test("a filter inside a filter")
    func nested() throws {
        let input = #"[{"l":[{"x":1}]},{"l":[{"x":2}]}]"#
        let path = "$[?(@.l[?(@.x == 2)].length() == 1)]"
        #expect(try evaluate(path, on: input) == json("[]"))
        let sized = "$[?(@.l[?(@.x == 2)] size 1)]"
        #expect(try evaluate(sized, on: input) == json(#"[{"l":[{"x":2}]}]"#))
    }
}
