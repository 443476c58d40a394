import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// Choice conditions (ASL specification, "Choice State").
@Suite("Choice conditions")
struct ChoiceConditionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let condition: String
        let input: String
        let holds: Bool

        var testDescription: String { "\(condition) on \(input)" }

        init(_ condition: String, _ input: String, _ holds: Bool) {
            self.condition = condition
            self.input = input
            self.holds = holds
        }
    }

    private static let rows: [Row] = [
        Row(#""Variable": "$.v", "StringEquals": "a""#, #"{"v": "a"}"#, true),
        Row(#""Variable": "$.v", "StringEquals": "a""#, #"{"v": "A"}"#, false),
        // Two spellings of é: equal for Unicode, different in bytes.
        Row(#""Variable": "$.v", "StringEquals": "\u00e9""#, #"{"v": "e\u0301"}"#, false),
        // Java compares UTF-16 code units: U+1F600 comes before U+FF5E.
        Row(#""Variable": "$.v", "StringLessThan": "\uff5e""#, #"{"v": "\ud83d\ude00"}"#, true),
        Row(#""Variable": "$.v", "StringGreaterThanEquals": "b""#, #"{"v": "b"}"#, true),
        Row(#""Variable": "$.v", "StringLessThanEqualsPath": "$.w""#, #"{"v":"c","w":"b"}"#, false),
        Row(#""Variable": "$.v", "StringEqualsPath": "$.w""#, #"{"v": "1", "w": 1}"#, false),
        Row(#""Variable": "$.v", "NumericEquals": 1"#, #"{"v": 1.0}"#, true),
        Row(#""Variable": "$.v", "NumericEquals": 1"#, #"{"v": "1"}"#, false),
        Row(
            #""Variable": "$.v", "NumericLessThan": 9007199254740993"#,
            #"{"v": 9007199254740992}"#,
            true
        ),
        Row(#""Variable": "$.v", "NumericGreaterThanPath": "$.w""#, #"{"v": 2, "w": 1.5}"#, true),
        // What the path leads to is made a number (noted of AWS); the variable is not.
        Row(#""Variable": "$.v", "NumericGreaterThanPath": "$.w""#, #"{"v": 7, "w": [8]}"#, true),
        Row(#""Variable": "$.v", "NumericGreaterThanPath": "$.w""#, #"{"v": 0, "w": null}"#, false),
        Row(#""Variable": "$.v", "NumericEqualsPath": "$.w""#, #"{"v": 1, "w": true}"#, true),
        Row(#""Variable": "$.v", "NumericEqualsPath": "$.w""#, #"{"v": 7, "w": "7"}"#, true),
        Row(#""Variable": "$.v", "NumericEqualsPath": "$.w""#, #"{"v": 0, "w": "x"}"#, true),
        Row(#""Variable": "$.v", "NumericEqualsPath": "$.w""#, #"{"v": true, "w": 1}"#, false),
        Row(#""Variable": "$.v", "BooleanEquals": false"#, #"{"v": false}"#, true),
        Row(#""Variable": "$.v", "BooleanEquals": false"#, #"{"v": null}"#, false),
        Row(#""Variable": "$.v", "BooleanEqualsPath": "$.w""#, #"{"v": true, "w": true}"#, true),
        Row(
            #""Variable": "$.v", "TimestampEquals": "2020-01-01T00:00:00Z""#,
            #"{"v": "2020-01-01T01:00:00+01:00"}"#,
            true
        ),
        Row(
            #""Variable": "$.v", "TimestampLessThan": "2020-01-01T00:00:00.5Z""#,
            #"{"v": "2020-01-01T00:00:00.25Z"}"#,
            true
        ),
        Row(
            #""Variable": "$.v", "TimestampLessThan": "2020-01-01T00:00:00Z""#,
            #"{"v": "2019-01-01"}"#,
            false
        ),
        Row(#""Variable": "$.v", "StringMatches": "log-*.txt""#, #"{"v": "log-.txt"}"#, true),
        Row(#""Variable": "$.v", "StringMatches": "log-*.txt""#, #"{"v": "log-1.txt.gz"}"#, false),
        Row(#""Variable": "$.v", "StringMatches": "a\\*b""#, #"{"v": "a*b"}"#, true),
        Row(#""Variable": "$.v", "StringMatches": "a\\*b""#, #"{"v": "axb"}"#, false),
        Row(#""Variable": "$.v", "StringMatches": "*a*a*""#, #"{"v": "xaxax"}"#, true),
        Row(#""Variable": "$.v", "StringMatches": "*aa""#, #"{"v": "aaa"}"#, true),
        Row(#""Variable": "$.v", "StringMatches": "ab*ba""#, #"{"v": "aba"}"#, false),
        Row(#""Variable": "$.v", "StringMatches": "*""#, #"{"v": 7}"#, false),
        Row(#""Variable": "$.v", "IsNull": true"#, #"{"v": null}"#, true),
        Row(#""Variable": "$.v", "IsNull": false"#, #"{"v": null}"#, false),
        Row(#""Variable": "$.v", "IsPresent": true"#, #"{"v": null}"#, true),
        Row(#""Variable": "$.v", "IsPresent": true"#, "{}", false),
        Row(#""Variable": "$.v", "IsPresent": false"#, "{}", true),
        Row(#""Variable": "$.v.w", "IsPresent": false"#, #"{"v": 1}"#, true),
        Row(#""Variable": "$.v", "IsNumeric": true"#, #"{"v": 1e2}"#, true),
        Row(#""Variable": "$.v", "IsString": false"#, #"{"v": 1}"#, true),
        Row(#""Variable": "$.v", "IsBoolean": true"#, #"{"v": false}"#, true),
        Row(#""Variable": "$.v", "IsTimestamp": true"#, #"{"v": "2020-02-30T00:00:00Z"}"#, false),
        Row(#""Variable": "$.v", "IsTimestamp": true"#, #"{"v": "2020-02-29T00:00:00Z"}"#, true),
        Row(
            #""And": [{"Variable": "$.v", "IsPresent": true}, "#
                + #"{"Variable": "$.v", "NumericEquals": 1}]"#,
            "{}",
            false
        ),
        Row(
            #""Or": [{"Variable": "$.v", "IsPresent": false}, "#
                + #"{"Variable": "$.v", "NumericEquals": 1}]"#,
            "{}",
            true
        ),
        Row(#""Not": {"Variable": "$.v", "NumericEquals": 1}"#, #"{"v": 2}"#, true),
        Row(
            #""Not": {"And": [{"Not": {"Variable": "$.v", "IsNull": true}}]}"#,
            #"{"v": null}"#,
            true
        ),
    ]

    @Test("A condition holds or not", arguments: rows)
    func holds(row: Row) throws {
        var budget = EvaluationBudget(steps: 10_000)
        let condition = try condition(row.condition)
        let scope = TestScope(input: try json(row.input))
        #expect(try condition.evaluate(in: scope, budget: &budget) == row.holds)
    }

    @Test("A path that leads nowhere fails the state in AWS's words")
    func missing() throws {
        var budget = EvaluationBudget(steps: 10_000)
        for (text, path) in [
            (#""Variable": "$.x", "IsNull": true"#, "$.x"),
            (#""Variable": "$.v", "NumericEqualsPath": "$.y""#, "$.y"),
        ] {
            let condition = try condition(text)
            let scope = TestScope(input: try json(#"{"v": 1}"#))
            let error = #expect(throws: ChoiceError.self) {
                try condition.evaluate(in: scope, budget: &budget)
            }
            #expect(error?.errorName == "States.Runtime")
            #expect(
                error?.cause
                    == "Invalid path '\(path)': The choice state's condition path references an "
                    + "invalid value."
            )
        }
    }

    @Test("Matching is paid for by the budget")
    func budget() throws {
        var budget = EvaluationBudget(steps: 20)
        let condition = try condition(#""Variable": "$.v", "StringMatches": "*a*""#)
        let long = String(repeating: "b", count: 1000)
        let scope = TestScope(input: .object(JSONObject([("v", .string(long))])))
        #expect(throws: ChoiceError.self) {
            try condition.evaluate(in: scope, budget: &budget)
        }
    }

    @Test("There are 39 comparison fields")
    func count() {
        let paths = ComparisonOperator.allCases.count(where: \.hasPathForm)
        #expect(ComparisonOperator.allCases.count + paths == 39)
    }

    private func condition(_ text: String) throws -> ChoiceCondition {
        let (state, _) = try state(
            """
            "Type": "Choice", "Choices": [{\(text), "Next": "A"}], "Default": "B"
            """
        )
        guard case .choice(let fields) = state.kind else { throw NoChoice() }
        return try #require(fields.rules.first).condition
    }

    private struct NoChoice: Error {}
}
