import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import Testing

/// Every function, limit and escape of the page "Intrinsic functions" of the Step Functions
/// developer guide (and of appendix B of the States language specification), each with the
/// heading it stands under.
@Suite("Intrinsic functions as documented")
struct DocumentedIntrinsicTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let call: String
        let expected: String
        let heading: String

        init(_ call: String, _ expected: String, _ heading: String) {
            self.call = call
            self.expected = expected
            self.heading = heading
        }

        var testDescription: String { "\(call) (\(heading))" }
    }

    static let input = #"{"l":[1,2,3,4,5,6,7],"dup":[1,2,1,"a"],"a":{"k":{"x":1}},"b":{"k":2}}"#

    static let rows: [Row] = [
        Row("States.Array(1, $.a.k.x, 'z')", #"[1,1,"z"]"#, "Arrays"),
        Row("States.ArrayPartition($.l, 4)", "[[1,2,3,4],[5,6,7]]", "Arrays"),
        Row("States.ArrayContains($.l, 5)", "true", "Arrays"),
        Row("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]", "Arrays: both ends belong to it"),
        Row("States.ArrayGetItem($.l, 5)", "6", "Arrays: the index counts from 0"),
        Row("States.ArrayLength($.l)", "7", "Arrays"),
        Row("States.ArrayUnique($.dup)", #"[1,"a",2]"#, "Arrays: one of each stays"),
        Row("States.Base64Encode('step')", #""c3RlcA==""#, "Data encoding and decoding"),
        Row("States.Base64Decode('c3RlcA==')", #""step""#, "Data encoding and decoding"),
        Row(
            "States.Hash('abc', 'SHA-1')",
            #""a9993e364706816aba3e25717850c26c9cd0d89d""#,
            "Hash calculations"
        ),
        Row("States.JsonMerge($.a, $.b, false)", #"{"k":2}"#, "JSON data: shallow, second wins"),
        Row("States.StringToJson('{\"n\":[1]}')", #"{"n":[1]}"#, "JSON data"),
        Row("States.JsonToString($.b)", #""{\"k\":2}""#, "JSON data"),
        Row("States.MathRandom(1, 2)", "1", "Math operations: the end does not belong to it"),
        Row("States.MathAdd(111, -1)", "110", "Math operations"),
        Row("States.MathAdd(1.4, 1.6)", "3", "Math operations: arguments are rounded"),
        Row("States.StringSplit('1,2,,3', ',')", #"["1","2","3"]"#, "String operations"),
        Row("States.StringSplit('a.b+c', '.+')", #"["a","b","c"]"#, "String operations: any of"),
        Row("States.UUID()", #""00000000-0000-4000-8000-000000000001""#, "Unique identifiers"),
        Row("States.Format('{}-{}', 'a', 1)", #""a-1""#, "Generic operations"),
        Row(#"States.Format('\'{}\'', 1)"#, #""'1'""#, "Reserved characters: the quote"),
        Row(#"States.Format('\{{}\}', 1)"#, #""{1}""#, "Reserved characters: braces"),
        Row(#"States.Format('\\{}', 1)"#, #""\\1""#, "Reserved characters: the backslash"),
    ]

    @Test("each function and escape", arguments: rows)
    func value(row: Row) throws {
        #expect(try JSONWriter.string(call(row.call, on: Self.input)) == row.expected)
    }

    @Test("the table has all eighteen functions, and there is no other")
    func complete() throws {
        let functions = Set(
            Self.rows.compactMap { row in row.call.split(separator: "(").first.map(String.init) }
        )
        #expect(functions.count == 18)
        for name in ["States.ArrayConcat", "States.MathSubtract", "States.format", "States.Uuid"] {
            let error = #expect(throws: IntrinsicSyntaxError.self) {
                try IntrinsicCall(parsing: "\(name)(1, 2)")
            }
            #expect(error?.reason.contains(name) == true)
        }
    }

    @Test(
        "the limits are those of the page; IntrinsicFailureTests and SyntaxTests hold them",
        arguments: [
            (IntrinsicLimits.functions, 10), (IntrinsicLimits.rangeItems, 1_000),
            (IntrinsicLimits.base64Characters, 10_000), (IntrinsicLimits.hashCharacters, 10_000),
        ]
    )
    func limit(value: Int, documented: Int) {
        #expect(value == documented)
    }

    @Test("five hash algorithms (Hash calculations)", arguments: [32, 40, 64, 96, 128])
    func algorithms(digits: Int) throws {
        let names = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]
        let lengths = try names.map { try call("States.Hash('', '\($0)')").stringValue?.utf8.count }
        #expect(lengths.contains(digits))
    }

    @Test("10,000 characters are counted as characters, not as bytes (Data encoding, Hash)")
    func characters() throws {
        let longest = String(repeating: "\u{E9}", count: 10_000)
        for text in ["States.Base64Encode($)", "States.Hash($, 'SHA-256')"] {
            #expect(try failure(text, on: "\"\(longest)\"") == nil)
            #expect(try failure(text, on: "\"\(longest)\u{E9}\"") != nil)
        }
    }
}
