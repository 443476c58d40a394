import StepwellJSON
import StepwellJSONata
import Testing

/// What AWS was measured to answer, and what the first revision answered instead.
@Suite("Answers of AWS")
struct MeasuredAnswersTests {
    private static let sources = JSONataSources(milliseconds: 1_700_000_000_000, seed: 7)

    /// The value as JSON, `undefined`, or the code and the message of the error.
    private func answer(
        _ text: String,
        profile: JSONataProfile = .aws,
        revision: JSONataRevision = .current
    ) throws -> String {
        let expression = try JSONataExpression(text, profile: profile)
        var budget = profile == .aws ? .aws : JSONataBudget()
        let id = JSONValue.number(JSONNumber(9_007_199_254_740_993))
        do throws(JSONataError) {
            let outcome = try expression.evaluate(
                nil,
                bindings: [(name: "id", value: id)],
                sources: Self.sources,
                spending: &budget,
                revision: revision
            )
            return outcome.value?.description ?? "undefined"
        } catch {
            return "\(error.code): \(error.message)"
        }
    }

    @Test(
        "AWS's functions",
        arguments: [
            ("$range(-1.7, 2, 1)", "[-1,0,1,2]"), ("$range(1.4, 5.6, 2.2)", "[1,3,5]"),
            ("$range(5, 1, -2)", "[5,3,1]"), ("$range(3, 3, 1)", "3"),
            ("$range(1, 10, 0.49)", "undefined"), ("$range(5, 1, 1)", "undefined"),
            ("$range(1, 5)", "undefined"), ("$range(none, 5, 1)", "undefined"),
            ("$range(1, 5, null)", #"T0410: Argument 3 of function "range" does not match "#),
            ("$count($range(1, 360145, 1))", "360145"),
            ("$range(1, 360146, 1)", "U1001: Expression evaluation memory limit exceeded: "),
            ("$string($range(1, 2e19, 1e18)[-1])", #""9000000000000000000""#),
            ("$partition([1..5], 2.6)", "[[1,2],[3,4],[5]]"), ("$partition([1,2])", "[[1,2]]"),
            ("$partition([], 2)", "undefined"), ("$partition([1], -0.5)", "undefined"),
            ("$partition([1], -1)", "D3137: Second argument must be zero or greater"),
            ("$partition('x', 2)", #"T0412: Argument 1 of function "partition" must be an array "#),
            ("$random(42)", "0.7275636800328681"), ("$random(77.9)", "0.7240700207191966"),
            ("$random(-1)", "0.26894263088050496"), ("$hash('a')", "undefined"),
            (
                "$hash('a', 'sha-1')",
                "D3137: Hash algorithm 'sha-1' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"
            ),
            ("$parse('')", "D3137: Invalid JSON"), ("$parse('1 2')", "D3137: Invalid JSON"),
            ("$parse('{\"a\":1,\"a\":2}')", "D3137: Invalid JSON"),
            (#"$parse('{"a:\\":":1}')"#, #"{"a:\":":1}"#), ("$parse('null')", "null"),
            ("$parse('[1e400]')", "D3137: Invalid JSON"), ("$parse()", "undefined"),
            ("$substring('abc', 0/0)", #""abc""#), ("$substring('abc', -1/0)", #""abc""#),
        ] as [(String, String)]
    )
    func functions(text: String, expected: String) throws {
        let found = try answer(text)
        #expect(found == expected || expected.hasSuffix(" ") && found.hasPrefix(expected))
    }

    @Test(
        "Numbers as text",
        arguments: [
            ("$string(9007199254740991)", #""9007199254740991""#),
            ("$string(9223372036854775808)", #""9223372036854776000""#),
            ("'order-' & 1234567890123456", #""order-1234567890123456""#),
            ("$string(1e21)", #""1e+21""#), ("$string(1.1 + 2.2)", #""3.3""#),
            ("$string({'a': 1234567890123456})", #""{\"a\":1234567890123456}""#),
            // A number of the input stays what it is.
            ("$string($id)", #""9007199254740993""#),
            ("1/0", #""Infinity""#), ("{'a': [-1/0]}", #"{"a":["-Infinity"]}"#),
            ("0/0", #""NaN""#), ("$string(1/0)", #""Infinity""#), ("1/0 & '!'", #""Infinity!""#),
            ("$parseInteger('abc', '0')", #""NaN""#),
        ] as [(String, String)]
    )
    func numbers(text: String, expected: String) throws {
        #expect(try answer(text) == expected)
    }

    @Test(
        "Zones are the number that they begin with, hours rounded down",
        arguments: [
            ("+05:30", "00:05+00:05"), ("-05:00", "22:55-01:05"), ("+0530", "05:30+05:30"),
            (" +0100", "01:00+01:00"), ("-0330", "19:30-04:30"), ("5x", "00:05+00:05"),
        ] as [(String, String)]
    )
    func zones(zone: String, expected: String) throws {
        let text = "$fromMillis(0, '[H01]:[m01][Z]', '\(zone)')"
        #expect(try answer(text) == "\"\(expected)\"")
    }

    @Test(
        "100 levels, a value of about 7 MB",
        arguments: [
            ("1" + String(repeating: "+1", count: 99), "100"),
            ("1" + String(repeating: "+1", count: 100), nil),
            (String(repeating: "(", count: 99) + "1" + String(repeating: ")", count: 99), "1"),
            (String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100), nil),
            ("1" + String(repeating: " ~> $string", count: 99), #""1""#),
            ("1" + String(repeating: " ~> $string", count: 100), nil),
            ("($f := function($n){$n = 0 ? 0 : 1 + $f($n - 1)}; $f(31))", "31"),
            ("($f := function($n){$n = 0 ? 0 : 1 + $f($n - 1)}; $f(32))", nil),
            ("[1..873782] ~> $count()", "873782"), ("[1..873783] ~> $count()", nil),
            ("$length($pad('', 6990256))", "6990256"), ("$length($pad('', 6990257))", nil),
        ] as [(String, String?)]
    )
    func bounds(text: String, expected: String?) throws {
        let found = try answer(text)
        #expect(expected == nil ? found.hasPrefix("U1001: ") : found == expected)
    }

    @Test(
        "Errors have the reference's texts",
        arguments: [
            (
                "$formatNumber(1, 'x')",
                "D3086: The sub-picture must not contain a passive character that is preceded by "
                    + "an active character and that is followed by another active character",
                "D3086: A sub-picture cannot have a passive character between active characters"
            ),
            (
                "$formatBase(1, 37)",
                "D3100: The radix of the formatBase function must be between 2 and 36.  It was "
                    + "given 37",
                "D3100: The radix of the formatBase function must be between 2 and 36.  It was "
                    + "given \"37\""
            ),
            (
                "$formatInteger(1, '0\u{661}')",
                "D3131: In a decimal digit pattern, all digits must be from the same decimal group",
                "D3131: The digits of a decimal digit pattern must be of one decimal group"
            ),
        ] as [(String, String, String)]
    )
    func texts(text: String, now: String, before: String) throws {
        #expect(try answer(text) == now)
        #expect(try answer(text, revision: .first) == before)
    }

    @Test(
        "The first revision stays what it was",
        arguments: [
            ("$range(1.4, 5.6, 2.2)", "[1.4,3.6]"), ("$range(5, 1, 1)", "[]"),
            ("$range(1, 1001, 1)", "D3137: a range cannot hold more than 1000 elements"),
            ("$range(1, 5, 0)", "D3137: the step of a range cannot be 0"),
            ("$partition('x', 2)", #"[["x"]]"#), ("$partition([], 2)", "[]"),
            ("$partition([1], 0)", "D3137: the size of a partition has to be at least 1"),
            ("$hash('a', 'x')", "D3137: unknown hash algorithm x"),
            (
                "$parse('')",
                "D3137: the argument of $parse is not JSON: column 1: unexpected end of text, "
                    + "expected a value"
            ),
            ("$string(9007199254740991)", #""9007199254740990""#), ("[1/0]", "[null]"),
            ("$string(1/0)", "D3001: Attempting to invoke string function on Infinity or NaN"),
            ("$parseInteger('abc', '0')", "undefined"),
            (
                "$fromMillis(0, '[H01]', '+05:30')",
                "D3134: The timezone integer format specifier cannot have more than four digits"
            ),
            ("$fromMillis(0, '[H01]:[m01][Z]', '-0330')", #""20:30-03:30""#),
            ("($f := function($n){1 + $f($n)}; $f(1))", "U1001: The evaluation exceeded a budget "),
        ] as [(String, String)]
    )
    func first(text: String, expected: String) throws {
        let found = try answer(text, revision: .first)
        #expect(found == expected || expected.hasSuffix(" ") && found.hasPrefix(expected))
    }

    @Test("The language itself writes what is no number as JSON does, and fails as text")
    func reference() throws {
        #expect(try answer("[1/0]", profile: .full) == "[null]")
        #expect(try answer("$string(1/0)", profile: .full).hasPrefix("D3001: "))
        #expect(try answer("$parseInteger('abc', '0')", profile: .full) == "undefined")
        #expect(try answer("$string(9007199254740991)", profile: .full) == #""9007199254740991""#)
    }
}
