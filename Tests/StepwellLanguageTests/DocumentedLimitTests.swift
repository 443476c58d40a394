import StepwellIntrinsics
import StepwellJSON
import StepwellLanguage
import Testing

/// Every limit of a definition that AWS documents: the last value that is taken, the first that is
/// not, and where it is written.
@Suite("Documented limits")
struct DocumentedLimitTests {
    struct Limit: Sendable, CustomTestStringConvertible {
        /// Where AWS documents the limit.
        let source: String
        /// Fields of the state `S`, with `_` where the value stands.
        let fields: String
        let taken: [String]
        let refused: [String]

        var testDescription: String { "\(fields) (\(source))" }

        init(_ source: String, _ fields: String, taken: [String], refused: [String]) {
            self.source = source
            self.fields = fields
            self.taken = taken
            self.refused = refused
        }
    }

    private static let spec = "ASL specification"
    private static let guide = "developer guide"
    private static let schema = "amazon-states-language-service, JSON schema"

    private static func retrier(_ field: String) -> String {
        task + #", "Retry": [{"ErrorEquals": ["E"], \#(field)}]"#
    }

    private static func distributed(_ field: String) -> String {
        #""Type": "Map", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "#
            + #""DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "P", "States": {"P": "#
            + #"{"Type": "Succeed"}}}, \#(field)"#
    }

    private static func name(_ length: Int) -> String { String(repeating: "é", count: length) }

    private static let task = #""Type": "Task", "Resource": "r:r", "End": true"#
    private static let pass = #""Type": "Pass", "End": true"#
    private static let map =
        #""Type": "Map", "End": true, "Iterator": {"StartAt": "P", "States": {"P": "#
        + #"{"Type": "Succeed"}}}"#

    static let limits: [Limit] = [
        Limit(
            "\(spec), Task State",
            task + #", "TimeoutSeconds": _"#,
            taken: ["1", "99999999"],
            refused: ["0", "-1", "100000000", "1.5", "\"1\""]
        ),
        Limit(
            "\(spec), Task State: smaller than TimeoutSeconds",
            task + #", "TimeoutSeconds": 10, "HeartbeatSeconds": _"#,
            taken: ["1", "9"],
            refused: ["0", "10", "11"]
        ),
        Limit(
            "\(guide), Wait workflow state",
            #""Type": "Wait", "End": true, "Seconds": _"#,
            taken: ["0", "99999999"],
            refused: ["-1", "100000000"]
        ),
        Limit(
            "\(spec), Timestamps",
            #""Type": "Wait", "End": true, "Timestamp": _"#,
            taken: ["\"2016-03-14T01:59:00Z\"", "\"2016-03-14T01:59:00.123+01:00\""],
            refused: ["\"2016-03-14\"", "\"2016-03-14 01:59:00Z\"", "\"2016-03-14T01:59:00\"", "1"]
        ),
        Limit(
            "\(guide), Handling errors: IntervalSeconds",
            retrier(#""IntervalSeconds": _"#),
            taken: ["1", "99999999"],
            refused: ["0", "100000000"]
        ),
        Limit(
            "\(guide), Handling errors: MaxAttempts",
            retrier(#""MaxAttempts": _"#),
            taken: ["0", "99999999"],
            refused: ["-1", "100000000"]
        ),
        Limit(
            "\(guide), Handling errors: BackoffRate",
            retrier(#""BackoffRate": _"#),
            taken: ["1", "1.0", "2.5"],
            refused: ["0.9", "0", "\"2\""]
        ),
        Limit(
            "\(guide), Handling errors: MaxDelaySeconds",
            retrier(#""MaxDelaySeconds": _"#),
            taken: ["1", "31622400"],
            refused: ["0", "31622401"]
        ),
        Limit(
            "\(guide), Handling errors: JitterStrategy",
            retrier(#""JitterStrategy": _"#),
            taken: ["\"FULL\"", "\"NONE\""],
            refused: ["\"full\"", "\"HALF\"", "true"]
        ),
        Limit(
            "\(guide), Passing data between states with variables: 80 Unicode characters",
            pass + #", "Assign": {"_": 1}"#,
            taken: [name(80), "_a1"],
            refused: [name(81), "1a", "a-b", "a.b", "", "states"]
        ),
        Limit(
            "\(spec), Map State",
            map + #", "MaxConcurrency": _"#,
            taken: ["0", "1", "1000000"],
            refused: ["-1", "1.5"]
        ),
        Limit(
            "\(guide), Distributed Map: Label",
            distributed(#""Label": "_""#),
            taken: [String(repeating: "a", count: 40), "a-b_c.d"],
            refused: [String(repeating: "a", count: 41), "a b", "a*", "a:b", "a/b", ""]
        ),
        Limit(
            "\(guide), ItemReader: MaxItems",
            distributed(
                #""ItemReader": {"Parameters": {}, "Resource": "arn:aws:states:::s3:getObject", "#
                    + #""ReaderConfig": {"InputType": "JSON", "MaxItems": _}}"#
            ),
            taken: ["1", "100000000"],
            refused: ["-1", "100000001"]
        ),
        Limit(
            "\(guide), ItemBatcher: MaxInputBytesPerBatch",
            distributed(#""ItemBatcher": {"MaxInputBytesPerBatch": _}"#),
            taken: ["1", "262144"],
            refused: ["0", "262145"]
        ),
        Limit(
            "\(guide), Distributed Map: ToleratedFailurePercentage",
            distributed(#""ToleratedFailurePercentage": _"#),
            taken: ["0", "99.5", "100"],
            refused: ["-0.1", "100.1"]
        ),
        Limit(
            "\(guide), Distributed Map: ExecutionType",
            distributed(#""Comment": _"#)
                .replacing(#""STANDARD""#, with: "_").replacing(#", "Comment": _"#, with: ""),
            taken: ["\"STANDARD\"", "\"EXPRESS\""],
            refused: ["\"standard\"", "1"]
        ),
        Limit(
            "\(spec), State Machine: Comment is a string",
            pass + #", "Comment": _"#,
            taken: ["\"\"", "\"text\""],
            refused: ["1", "null"]
        ),
        Limit(
            "\(spec), Reference Paths",
            pass + #", "ResultPath": _"#,
            taken: ["null", "\"$\"", "\"$.a[0].b\"", "\"$['a b']\""],
            refused: ["\"$.a[*]\"", "\"$..a\"", "\"$[0:1]\"", "\"$[0,1]\"", "\"$.a[?(@.b)]\"", "1"]
        ),
        Limit(
            "\(guide), Intrinsic functions: up to ten in a field",
            pass + #", "Parameters": {"a.$": "_"}"#,
            taken: [nested(10)],
            refused: [nested(11)]
        ),
        Limit(
            "\(schema): QueryLanguage",
            pass + #", "QueryLanguage": _"#,
            taken: ["\"JSONPath\"", "\"JSONata\""],
            refused: ["\"jsonata\"", "\"XPath\"", "1"]
        ),
    ]

    private static func nested(_ functions: Int) -> String {
        (1..<functions).reduce("States.UUID()") { inner, _ in "States.Array(\(inner))" }
    }

    @Test("The last value is taken, the next is not", arguments: limits)
    func limit(limit: Limit) {
        for (values, isTaken) in [(limit.taken, true), (limit.refused, false)] {
            for value in values {
                let fields = limit.fields.replacing(placeholder: value)
                let decoded = decode(#"{"StartAt": "S", "States": {"S": {\#(fields)}}}"#)
                #expect(decoded.languageProblems.hasErrors != isTaken, "\(value)")
            }
        }
    }

    @Test("The limits of a machine: names of 80 characters, a timeout, a megabyte")
    func machine() {
        for (length, isTaken) in [(1, true), (80, true), (81, false)] {
            let name = Self.name(length)
            let text = #"{"StartAt": "\#(name)", "States": {"\#(name)": {"Type": "Succeed"}}}"#
            #expect(decode(text).problems.hasErrors != isTaken)
        }
        for (timeout, isTaken) in [
            ("1", true), ("99999999", true), ("100000000", false), ("0", false),
        ] {
            let text =
                #"{"StartAt": "S", "TimeoutSeconds": \#(timeout), "#
                + #""States": {"S": {"Type": "Succeed"}}}"#
            #expect(decode(text).problems.hasErrors != isTaken)
        }
        let machine = #"{"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}"#
        for (size, isTaken) in [(1_048_576, true), (1_048_577, false)] {
            let padding = String(repeating: " ", count: size - machine.utf8.count)
            #expect(decode(machine + padding).problems.hasErrors != isTaken)
        }
    }
}

extension String {
    /// The text with its lone underscore replaced; `_` is in no field's name.
    fileprivate func replacing(placeholder value: String) -> String {
        guard let place = utf8.lastIndex(of: UInt8(ascii: "_")) else { return self }
        return String(self[..<place]) + value + String(self[utf8.index(after: place)...])
    }
}
