import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Failures of intrinsic functions")
struct IntrinsicFailureTests {
    @Test(
        "a function that cannot work on its arguments says so, in the first dialect what is wrong",
        arguments: [
            ("States.Format('{} {}', 1)", "2 occurrences of {} but 1 arguments"),
            ("States.Format('', 1)", "0 occurrences of {} but 1 arguments"),
            ("States.Format(1)", "argument 1 must be a string but is a number"),
            ("States.StringToJson('{')", "Invalid JSON"), ("States.StringToJson(1)", "a string"),
            ("States.ArrayPartition('x', 1)", "argument 1 must be an array but is a string"),
            ("States.ArrayPartition($.l, 0)", "positive"),
            ("States.ArrayPartition($.l, -1)", "positive"),
            ("States.ArrayPartition($.l, 'x')", "argument 2 must be a number"),
            ("States.ArrayContains(1, 1)", "an array"),
            ("States.ArrayLength($.o)", "but is an object"),
            ("States.ArrayGetItem($.l, 1)", "outside of the array of 1 items"),
            ("States.ArrayGetItem($.l, -1)", "outside"),
            ("States.ArrayGetItem($.l, 0.5)", "an integer"),
            ("States.ArrayUnique(null)", "but is null"), ("States.ArrayRange(1, 2, 0)", "zero"),
            ("States.ArrayRange(true, 2, 1)", "but is a boolean"),
            ("States.Base64Encode(1)", "a string"), ("States.Base64Decode('=')", "not Base64"),
            ("States.Base64Decode('a')", "not Base64"),
            ("States.Base64Decode('a*==')", "not Base64"),
            ("States.Base64Decode('YQ=')", "not Base64"), ("States.Base64Decode('/w==')", "UTF-8"),
            ("States.Hash('x', 'SHA-3')", "MD5, SHA-1, SHA-256, SHA-384, SHA-512"),
            ("States.Hash($.o, 'MD5')", "argument 1 must be a string"),
            ("States.JsonMerge($.o, $.o, true)", "shallow"),
            ("States.JsonMerge($.o, 1, false)", "object"),
            ("States.JsonMerge($.o, $.o, 'x')", "boolean"), ("States.MathAdd('1', 1)", "a number"),
            ("States.MathAdd(9223372036854775807, 1)", "64-bit"),
            ("States.MathAdd(1e300, 1)", "64-bit"),
            ("States.MathRandom(1, 1)", "less than"), ("States.MathRandom('a', 1)", "a number"),
            ("States.MathRandom(1, 2, 'x')", "argument 3"),
            ("States.StringSplit('a', 1)", "argument 2"),
        ]
    )
    func invalid(text: String, reason: String) throws {
        let input = #"{"l":[1],"o":{}}"#
        let error = try #require(try failure(text, on: input, in: .first))
        #expect(error.kind == .failedFirst)
        #expect(error.function == text)
        #expect(error.reason.contains(reason), "\(error.reason)")
        guard !Self.taken.contains(text) else { return }
        let name = text.prefix { $0 != "(" }
        let cause = try failure(text, on: input)?.cause
        #expect(
            cause == "There was an error while evaluating the intrinsic function: \(text). "
                + "Invalid arguments in \(name)"
        )
    }

    /// What the current dialect takes.
    private static let taken = [
        "States.ArrayGetItem($.l, 0.5)", "States.Base64Decode('/w==')", "States.Hash($.o, 'MD5')",
    ]

    @Test(
        "what the current dialect does not take",
        arguments: [
            "States.ArrayContains($.l)", "States.ArrayContains($.l, 2, 999)", "States.UUID(1)",
            "States.Format()", "States.MathRandom(1)", "States.MathRandom(1, 2, 3, 4)",
            "States.MathRandom(1.4, 1.6)", "States.ArrayRange(1, 10, 0.9)",
            "States.ArrayPartition($.l, 0.9)", "States.ArrayPartition($.l, -0.4)",
            "States.MathAdd(-2147483648, -1)", "States.MathAdd(2147483647, 1)",
            "States.MathAdd(3000000000, -3000000000)", "States.ArrayRange(2147483648, 1, 1)",
            "States.Hash(null, 'MD5')", "States.Hash('a', 'sha-256')",
            "States.Base64Decode('YWI=Y')",
        ]
    )
    func notTaken(text: String) throws {
        let error = try #require(try failure(text, on: #"{"l":[1]}"#))
        #expect(error.kind == .failed)
        #expect(error.reason == "Invalid arguments in " + text.prefix { $0 != "(" })
    }

    @Test(
        "braces of a template of States.Format that do not match",
        arguments: [
            ("States.Format('}')", "'{' not found for '}'"),
            ("States.Format('{} {', 1)", "'}' not found for '{'"),
            ("States.Format('{0}', 1)", "'}' not found for '{'"),
            ("States.Format('a} {', 1)", "'{' not found for '}'"),
            (#"States.Format('{\}', 1)"#, "'}' not found for '{'"),
            ("States.Format($.t, 1)", "'}' not found for '{'"),
        ]
    )
    func braces(text: String, which: String) throws {
        let error = try #require(try failure(text, on: #"{"t":"{x}"}"#))
        let reason = "Invalid template in States.Format: matching \(which)."
        #expect(error.reason == reason)
        #expect(error.kind == .failed)
    }

    @Test("Jayway's words for what is no array are passed on (measured), AWS's own for the rest")
    func leaks() throws {
        let error = try #require(try failure("States.Format('{}', $.a[0])", on: #"{"a":1}"#))
        #expect(error.kind == .argumentNotFound)
        #expect(
            error.reason == "Filter: [0] can only be applied to arrays. Current context is: 1"
        )
        let null = try #require(try failure("States.JsonToString($)", on: "null"))
        #expect(null.reason == "Unable to apply Path transformation to null or empty input.")
        #expect(try failure("States.JsonToString($)", on: "null", in: .first) == nil)
    }

    @Test("a path that leads nowhere is worded as AWS words it")
    func notFound() throws {
        let text = "States.Format('{}', $.nope)"
        let error = try #require(try failure(text, on: #"{"a": 1}"#))
        #expect(error.kind == .argumentNotFound)
        let cause =
            "The function 'States.Format('{}', $.nope)' had the following error: The JsonPath "
            + #"argument for the field '$.nope' could not be found in the input '{"a":1}'"#
        #expect(error.cause == cause)
    }

    @Test("the whole expression is named, and the innermost function; that alone at first")
    func inner() throws {
        let text = "States.Array(States.MathAdd(1, 'x'))"
        let error = try failure(text)
        #expect(error?.function == text)
        #expect(error?.reason == "Invalid arguments in States.MathAdd")
        #expect(try failure(text, in: .first)?.function == "States.MathAdd(1, 'x')")
    }

    @Test("States.ArrayRange makes at most 1000 items (AWS, intrinsic functions)")
    func rangeLimit() throws {
        #expect(
            try call("States.ArrayLength(States.ArrayRange(1, 1000, 1))")
                == .number(JSONNumber(Int64(1_000)))
        )
        let error = try failure("States.ArrayRange(0, 1000, 1)", in: .first)
        #expect(error?.reason.contains("1000") == true)
        #expect(try failure("States.ArrayRange(0, 1000, 1)")?.kind == .failed)
    }

    @Test(
        "Base64 and Hash take at most 10,000 characters (AWS, intrinsic functions)",
        arguments: ["States.Base64Encode($)", "States.Base64Decode($)", "States.Hash($, 'MD5')"]
    )
    func characterLimit(text: String) throws {
        let longest = String(repeating: "A", count: 10_000)
        #expect(try failure(text, on: "\"\(longest)\"") == nil)
        let error = try failure(text, on: "\"\(longest)A\"", in: .first)
        #expect(error?.reason.contains("10000") == true)
        #expect(try failure(text, on: "\"\(longest)A\"")?.kind == .failed)
    }

    @Test(
        "work beyond the budget is an error",
        arguments: [
            "States.Format('{}{}', $, $)", "States.JsonToString($)", "States.StringSplit($, 'b')",
            "States.StringToJson($)", "States.ArrayUnique(States.Array($, $))",
            "States.Base64Encode($)",
        ]
    )
    func budget(text: String) throws {
        let input = "\"" + String(repeating: "a", count: 2_000) + "\""
        #expect(try failure(text, on: input, steps: 100)?.kind == .budgetExhausted)
    }

    @Test("text that grows with every argument is paid for before it is made")
    func growth() throws {
        let arguments = Array(repeating: "$", count: 100_000).joined(separator: ",")
        let input = "\"" + String(repeating: "a", count: 200_000) + "\""
        let text = "States.JsonToString(States.Array(\(arguments)))"
        #expect(try failure(text, on: input)?.kind == .budgetExhausted)
    }
}
