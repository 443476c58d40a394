import StepwellGraph
import StepwellJSON
import Testing

/// What stands on edges and in boxes.
@Suite("Words")
struct WordsTests {
    private func condition(_ rule: String) throws -> String? {
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [\(rule)]},
             "B": {"Type": "Succeed"}}}
            """
        )
        return sketch.edge("A", "B")?.label?.title
    }

    @Test(
        "Conditions are said in words",
        arguments: [
            (#""Variable": "$.a", "NumericGreaterThan": 100"#, "$.a > 100"),
            (#""Variable": "$.a", "NumericGreaterThanEqualsPath": "$.b""#, "$.a ≥ $.b"),
            (#""Variable": "$.a", "StringEquals": "x\"y""#, #"$.a = "x\"y""#),
            (#""Variable": "$.a", "StringMatches": "x*""#, #"$.a is like "x*""#),
            (#""Variable": "$.a", "IsPresent": false"#, "$.a is not present"),
            (#""Variable": "$.a", "BooleanEquals": true"#, "$.a is true"),
            (#""Variable": "$.a", "TimestampLessThan": "2024""#, #"$.a before "2024""#),
            (#""Not": {"Variable": "$.a", "StringEquals": "x"}"#, #"$.a ≠ "x""#),
            (#""Not": {"Variable": "$.a", "IsNull": true}"#, "$.a is not null"),
            (#""Not": {"Variable": "$.a", "NumericLessThan": 1}"#, "not ($.a < 1)"),
            (
                #""And": [{"Variable": "$.a", "IsNull": true}, "#
                    + #"{"Or": [{"Variable": "$.b", "IsNull": true}, "#
                    + #"{"Variable": "$.c", "NumericEquals": 1.5}]}]"#,
                "$.a is null and ($.b is null or $.c = 1.5)"
            ),
            (#""Condition": "{%  $states.input.n\n > 1 %}""#, "$states.input.n > 1"),
            (#""Condition": true"#, "true"),
        ]
    )
    func conditions(rule: String, words: String) throws {
        #expect(try condition("{\(rule), \"Next\": \"B\"}") == words)
    }

    @Test("Rules that lead to one state share an edge")
    func shared() throws {
        let rule = #"{"Variable": "$.a", "IsNull": true, "Next": "B"}"#
        #expect(try condition("\(rule), \(rule)") == "$.a is null\nor $.a is null")
    }

    private func detail(_ fields: String) throws -> String? {
        try Sketch("{\"States\": {\"A\": {\(fields)}}}").model.states.first?.detail
    }

    @Test(
        "States are said in words",
        arguments: [
            (#""Type": "Wait", "Seconds": 9000"#, "Wait 2 h 30 min"),
            (#""Type": "Wait", "Seconds": 90"#, "Wait 90 s"),
            (#""Type": "Wait", "TimestampPath": "$.t""#, "Wait until $.t"),
            (#""Type": "Wait", "Seconds": "{% $n %}""#, "Wait $n seconds"),
            (#""Type": "Fail", "Error": "Late""#, "Fail: Late"),
            (
                #""Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem""#,
                "DynamoDB: GetItem"
            ),
            (
                #""Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync""#,
                "Batch: SubmitJob, waits for it"
            ),
            (
                #""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "#
                    + #""Parameters": {"FunctionName": "arn:aws:lambda:r:1:function:f:$LATEST"}"#,
                "Lambda: f"
            ),
            (#""Type": "Task", "Resource": "arn:aws:lambda:r:1:function:g""#, "Lambda: g"),
            (#""Type": "Task", "Resource": "arn:aws:states:r:1:activity:pack""#, "Activity: pack"),
            (#""Type": "Task", "Resource": "${Function}""#, "${Function}"),
            (
                #""Type": "Map", "MaxConcurrency": 5, "ItemProcessor": {"#
                    + #""ProcessorConfig": {"Mode": "DISTRIBUTED"}}"#,
                "distributed map, 5 at a time"
            ),
        ]
    )
    func details(fields: String, words: String) throws {
        #expect(try detail(fields) == words)
    }

    @Test("Long names are broken between words, then elided")
    func longNames() throws {
        let name = "Check whether theCustomerHasPaid all_of_the_invoices and " + "x".repeated(200)
        let sketch = try Sketch("{\"States\": {\"\(name)\": {\"Type\": \"Pass\"}}}")
        let lines = try #require(sketch.layout.boxes.first?.lines)
        #expect(lines.count == 3)
        #expect(lines.last?.hasSuffix("\u{2026}") == true)
        #expect(try #require(sketch.layout.boxes.first).frame.width < 300)
    }

    @Test(
        "Counts are said where once is not all",
        arguments: [
            (GraphStatus(.succeeded, entered: 1, succeeded: 1), nil),
            (GraphStatus(.running, entered: 10_000, succeeded: 9_990), "9,990 of 10,000"),
            (GraphStatus(.succeeded, entered: 3, succeeded: 3), "3×"),
            (GraphStatus(.retrying, entered: 1, retries: 1), "1 retry"),
        ]
    )
    func badges(status: GraphStatus, badge: String?) {
        #expect(status.badge == badge)
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
