import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Texts that are no calls")
struct IntrinsicSyntaxTests {
    @Test(
        "the problem and its place",
        arguments: [
            ("", 0, "no intrinsic function ''"), ("States.Nope()", 0, "'States.Nope'"),
            ("States.array()", 0, "'States.array'"), ("States.Array", 12, "expected '('"),
            ("States.Array(", 13, "expected a path"), ("States.Array(1", 14, "',' or ')'"),
            ("States.Array(1,)", 15, "expected a path"), ("States.Array() x", 15, "follow"),
            ("States.Array(1 2)", 15, "',' or ')'"), ("States.Array('a)", 13, "no closing quote"),
            (#"States.Array('\"')"#, 14, "a backslash escapes only"),
            (#"States.Array('\n')"#, 14, "a backslash escapes only"),
            (#"States.Array('a\"#, 15, "a backslash escapes only"),
            ("States.Array(\"a\")", 13, "expected a path"), ("States.Array([1])", 13, "expected"),
            ("States.Array(True)", 13, "expected"), ("States.Array($.)", 15, "must not end"),
            ("States.Array($.a b)", 16, "brackets"),
            ("States.Array(Math())", 13, "expected"),
            ("States.Array(States.X())", 13, "'States.X'"), ("States.Array(1.)", 13, "expected"),
            ("States.Array(01)", 13, "expected"), ("States.Array($.a['x)", 17, "no end"),
        ]
    )
    func problems(text: String, offset: Int, reason: String) {
        let error = #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: text) }
        #expect(error?.offset == offset, "\(error?.reason ?? "")")
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("a field holds at most ten functions (AWS, intrinsic functions)")
    func count() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "States.Array(", count: count) + String(repeating: ")", count: count)
        }
        #expect(try JSONWriter.string(call(nested(10))) == "[[[[[[[[[[]]]]]]]]]]")
        #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: nested(11)) }
        #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: nested(100_000)) }
        let side = Array(repeating: "States.UUID()", count: 10).joined(separator: ",")
        #expect(throws: IntrinsicSyntaxError.self) {
            try IntrinsicCall(parsing: "States.Array(\(side))")
        }
    }

    @Test("an expression of a payload template is a path or a call")
    func expressions() throws {
        #expect(try PathExpression(parsing: "$.a") == .path(JSONPath(parsing: "$.a")))
        let call = try PathExpression(parsing: " States.UUID() ")
        guard case .intrinsic(let compiled) = call else {
            Issue.record("not a call")
            return
        }
        #expect(compiled.text == "States.UUID()")
        let error = #expect(throws: PathExpressionSyntaxError.self) {
            try PathExpression(parsing: "plain text")
        }
        #expect(error?.offset == 0)
        #expect(throws: PathExpressionSyntaxError.self) {
            try PathExpression(parsing: "States.Array(")
        }
    }

    @Test("expressions are evaluated and their failures are told apart")
    func evaluation() throws {
        var budget = EvaluationBudget(steps: 100)
        var entropy = TestEntropy()
        let scope = TestScope(input: try JSONParser.parse(#"{"a":1}"#))
        let value = try PathExpression(parsing: "$.a")
            .evaluate(in: scope, entropy: &entropy, budget: &budget)
        #expect(value == .number(JSONNumber(Int64(1))))
        #expect(throws: PathExpressionError.path(.noResults(path: "$['b']"))) {
            try PathExpression(parsing: "$.b")
                .evaluate(in: scope, entropy: &entropy, budget: &budget)
        }
        #expect(throws: PathExpressionError.self) {
            try PathExpression(parsing: "States.Array($.b)")
                .evaluate(in: scope, entropy: &entropy, budget: &budget)
        }
    }
}
