import StepwellJSON
import StepwellJSONata
import Testing

/// The engine through its surface; the suite of the reference runs through `sfnctl eval`.
@Suite("Expressions")
struct JSONataExpressionTests {
    private static let sources = JSONataSources(milliseconds: 1_700_000_000_000, seed: 7)

    private func outcome(
        _ text: String,
        _ input: JSONValue? = nil,
        profile: JSONataProfile = .full,
        budget: JSONataBudget = JSONataBudget()
    ) throws -> JSONataOutcome {
        let expression = try JSONataExpression(text, profile: profile)
        return try expression.evaluate(input, sources: Self.sources, budget: budget)
    }

    private func error(_ text: String, profile: JSONataProfile = .full) -> JSONataError? {
        do {
            _ = try outcome(text, profile: profile)
            return nil
        } catch {
            return error as? JSONataError
        }
    }

    @Test(
        "Values",
        arguments: [
            ("a.b[$ > 1]", "[2,3]"),
            ("$sum(a.b)", "6"),
            ("a.b#$i.{\"i\": $i}", "[{\"i\":0},{\"i\":1},{\"i\":2}]"),
            ("a.b.%.c", "[\"x\",\"x\",\"x\"]"),
            ("a ~> |$|{\"c\": 1}, \"b\"|", "{\"c\":1}"),
            ("$map(a.b, function($v){$v * 2})", "[2,4,6]"),
            // A position that is given twice is taken twice.
            ("[5,6][[0,0,1]]", "[5,5,6]"), ("a#$i.b[[0,0]]", "[1,1]"),
            // What is concatenated or sorted is an array, even of one.
            ("$append('', [])", #"[""]"#), ("$sort(a) ~> $type", #""array""#), ("$sort(5)", "[5]"),
            ("$type($append(a, []))", #""array""#), ("{'x': a.%.%} ~> $string", #""{}""#),
            // A signature's optional parameter in the middle steps over an argument.
            ("$count(function($x, $y, $z)<a<s>s?s>{[$x, $y, $z]}(none, '-'))", "1"),
            // What has no key comes last, in descending order too.
            ("[{'k':1},{},{'k':2}]^(>k)", #"[{"k":2},{"k":1},{}]"#),
            ("[{'k':1},{},{'k':2}]^(k)", #"[{"k":1},{"k":2},{}]"#),
            // A group behind steps that came to no tuple.
            ("none.a@$x.y{$x.z ? 'k' : 'n': 1}", #"{"n":1}"#),
            ("none.a#$i{'n': $type($i)}", "{}"),
            ("$replace(\"abc\", /b(.)/, \"[$1]\")", "\"a[c]\""),
            ("$length(\"\u{1D11E}\")", "1"),
            ("nothing ?? a.c", "\"x\""),
            // An argument that is missing is what JavaScript's undefined is to the reference.
            ("$substring('abc', none)", #""abc""#), ("$substring('abc', none, 2)", #""""#),
            ("$pad('abc', none)", #""abc""#),
            // The sigma that ends a word, as Unicode has it.
            ("$lowercase('ΑΣ ΟΔΟΣ. Σ ΑΣΑ ΑΣ’Α')", #""ας οδος. σ ασα ασ’α""#),
            // A separator behind the last digit stays.
            ("$formatInteger(12, '#0.')", #""12.""#), ("$formatInteger(0, '0x1F')", #""0x0F""#),
            ("$formatInteger(1234567, '#,##0')", #""1,234,567""#),
        ]
    )
    func values(text: String, wanted: String) throws {
        let input = try JSONParser.parse("{\"a\":{\"b\":[1,2,3],\"c\":\"x\"}}")
        #expect(try outcome(text, input).value?.description == wanted)
    }

    @Test("An unchanged number keeps its text")
    func passesNumbersThrough() throws {
        let input = try JSONParser.parse("{\"n\":1.50,\"big\":12345678901234567890}")
        #expect(try outcome("[n, big]", input).value?.description == "[1.50,12345678901234567890]")
        #expect(try outcome("n + 1", input).value?.description == "2.5")
    }

    @Test(
        "Errors have the reference's code, and a place",
        arguments: [
            ("1 + \"a\"", "T2002", 3), ("foo(1)", "T1006", 4), ("[1,2", "S0203", 4),
            ("$length(1)", "T0410", 8), ("(1%0) + 1", "T2001", 7),
            ("1 - (1%0)", "T2002", 3), ("(1/0) + 1", "D1001", 7), ("\"abc", "S0101", 4),
            ("%", "S0217", 1), ("$power(2, none)", "D3061", 7), ("/a/ii", "S0303", 5),
        ]
    )
    func errors(text: String, code: String, position: Int) {
        let error = error(text)
        #expect(error?.code == code)
        #expect(error?.position == position)
    }

    @Test(
        "Messages name what they are about",
        arguments: [
            ("1 / 0 + 1", "Number out of range: Infinity"),
            (
                "[1] < 2",
                #"The expressions either side of operator "<" must evaluate to numeric "#
                    + "or string values"
            ),
            (
                "1 < \"a\"",
                #"The values 1 and "a" either side of operator "<" must be of the same "#
                    + "data type"
            ),
            ("1 + \"a\"", #"The right side of the "+" operator must evaluate to a number"#),
            (
                "$power(10, 1000)",
                "The power function has resulted in a value that cannot be "
                    + "represented as a JSON number: base=10, exponent=1000"
            ),
            ("$sum([\"a\"])", #"Argument 1 of function "sum" must be an array of "numbers""#),
            ("sum(1)", "Attempted to invoke a non-function. Did you mean $sum?"),
            ("$number(\"a\")", #"Unable to cast value to a number: "a""#),
            (
                "$formatNumber(1, \"0.0.0\")",
                "The sub-picture must not contain more than one instance of the "
                    + "'decimal-separator' character"
            ),
        ]
    )
    func messages(text: String, message: String) {
        #expect(error(text)?.message == message)
    }

    @Test("Halves of surrogate pairs are escapes where they are printed, private text is itself")
    func halves() throws {
        let joined = #""\uD834" & "\uDD1E""#
        #expect(try outcome(joined).value == .string("\u{1D11E}"))
        let half = try #require(try outcome(#""a\uD834z""#).value)
        let printed = HalfSurrogates.escaped(in: JSONWriter.write(half))
        #expect(String(decoding: printed, as: UTF8.self) == #""a\ud834z""#)
        #expect(try outcome(#"$length("a\uD834z")"#).value == .number(JSONNumber(3)))
        #expect(try outcome(#"$substring("a\uD834z", 2)"#).value == .string("z"))
        #expect(try outcome(#"$length($pad("", 3, "\uD834-"))"#).value == .number(JSONNumber(3)))
        let own = JSONValue.string("\u{10F834}\u{10FD1E}\u{E034}")
        let copied = try #require(try outcome(#"$join($split($, ""), "")"#, own).value)
        #expect(HalfSurrogates.escaped(in: JSONWriter.write(copied)) == JSONWriter.write(own))
        #expect(try outcome("$length($)", own).value == .number(JSONNumber(3)))
    }

    @Test("a number out of range is named")
    func outOfRange() {
        #expect(error("1 + -1/0")?.message == "Number out of range: -Infinity")
        #expect(error("(1e300*1e300) & 1")?.code == "D3001")
    }

    @Test("AWS's functions are not the reference's, and the reverse")
    func profiles() throws {
        #expect(error("$parse(\"{\")", profile: .aws)?.message == "Invalid JSON")
        #expect(error("$eval(\"1\")", profile: .aws)?.code == "T1006")
        #expect(error("$uuid()")?.code == "T1006")
        let parts = try outcome("$partition([1..3], 2)", profile: .aws)
        #expect(parts.value?.description == "[[1,2],[3]]")
        let hash = try outcome("$hash(\"a\", \"MD5\")", profile: .aws)
        #expect(hash.value == .string("0cc175b9c0f1b6a831c399e269772661"))
    }

    @Test("The same sources give the same draws, and drawing is told")
    func sources() throws {
        let text = "[$millis(), $random(), $shuffle([1..9])]"
        let first = try outcome(text)
        #expect(first == (try outcome(text)))
        #expect(first.drewFromSources)
        #expect(!(try outcome("1 + 1").drewFromSources))
        #expect(try outcome("function(){1}").isFunction)
    }

    /// What AWS says where a bound is met.
    private static func bound(_ name: String) -> String {
        switch name {
        case "depth", "nesting":
            "Stack overflow error: Check for non-terminating recursive function. Consider "
                + "rewriting as tail-recursive"
        case "bytes", "length":
            "Expression evaluation memory limit exceeded: Check for excessive memory usage"
        default: "Expression evaluation timeout: Check for infinite loop"
        }
    }

    @Test(
        "What never ends or grows is ended by a budget",
        arguments: [
            ("($f := function(){$f()}; $f())", "steps"),
            ("[1..2000].$sum([1..1000].($ + 1))", "steps"),
            ("($f := function($n){1 + $f($n + 1)}; $f(0))", "depth"),
            ("($f := function($s){$f($s & $s)}; $f(\"abc\"))", "bytes"),
            ("$reduce([1..100000], function($a, $v){[[$a]]})", "nesting"),
            ("$pad(\"x\", 1e12)", "bytes"),
            (String(repeating: "-", count: 5_000) + "1", "depth"),
            ("1" + String(repeating: "+1", count: 5_000), "depth"),
            ("$append([1..400000], [1..400000])", "length"),
            ("$formatInteger(1e15, \"I\")", "length"),
            ("$match(\"x\", /(x{0,5000}){0,5000}y/)", "pattern"),
        ]
    )
    func budgets(text: String, name: String) throws {
        let budget = JSONataBudget(
            depth: 100,
            steps: 1_000_000,
            length: 500_000,
            bytes: 1 << 20
        )
        let failure = #expect(throws: JSONataError.self) { try outcome(text, budget: budget) }
        #expect(failure?.code == "U1001")
        #expect(failure?.message == Self.bound(name))
        #expect(failure?.position != nil)
    }

    /// Arrays that hold each other twice over: thirty of them are a thousand million values.
    private static let doubled =
        "$f := function($n){$n = 0 ? [1] : ($p := $f($n - 1); [[$p], [$p]])}"

    @Test(
        "Work on few large values, and values that are large only when written out, are counted",
        arguments: [
            ("(\(doubled); $f(30))", "length"),
            ("(\(doubled); $f(15) = $f(15) and $f(15) = $f(15))", nil),
            ("(\(doubled); [1..100][$f(15) = $f(15)])", "steps"),
            (
                "($f := function($n){$n = 0 ? [0] : ($p := $f($n - 1); [[$p], [$p]])}; "
                    + "[1..100][$f(15)])", "steps"
            ),
            (
                "($f := function($l, $n){$n = 0 ? $l : $f([$l, 1], $n - 1)}; $f([], 5000))",
                "steps"
            ),
            ("($t := [1..90000][$ > 0]; [1..1000].($t))", "length"),
            (
                "($t := $pad(\"\", 500000, \"x\"); $u := $pad(\"\", 500000, \"x\"); "
                    + "[1..1000][$t = $u])", "steps"
            ),
            ("($t := $pad(\"\", 500000, \"x\"); [1..1000][$length($t) = 0])", "steps"),
            ("($t := $pad(\"\", 500000, \"x\"); [1..1000].{\"t\": $t})", "bytes"),
            ("[1..1000].{\"t\": $$}", "bytes"),
        ] as [(String, String?)]
    )
    func largeValues(text: String, name: String?) throws {
        let input = JSONValue.array([.string(String(repeating: "x", count: 20_000))])
        let budget = JSONataBudget(steps: 1_000_000, length: 500_000, bytes: 2 << 20)
        guard let name else {
            #expect(try outcome(text, input, budget: budget).value == .bool(true))
            return
        }
        let failure = #expect(throws: JSONataError.self) {
            try outcome(text, input, budget: budget)
        }
        #expect(failure?.message == Self.bound(name))
    }

    @Test(
        "A text is found where it begins again within itself",
        arguments: [
            ("$contains(\"aabaabaaab\", \"aabaaab\")", "true"),
            ("$contains(\"aabaabaaab\", \"aabaaac\")", "false"),
            ("$substringBefore(\"xabababc\", \"ababc\")", "xab"),
            ("$substringAfter(\"abababcd\", \"ababc\")", "d"),
            ("$join($split(\"aXXXbXXc\", \"XX\"), \"|\")", "a|Xb|c"),
            ("$replace(\"ababab\", \"abab\", \"-\")", "-ab"),
        ]
    )
    func search(text: String, expected: String) throws {
        #expect(try outcome("$string(\(text))").value == .string(expected))
    }

    @Test("A chain of closures, and one of frames, is freed without recursion")
    func longChains() throws {
        let closures = "$type($reduce([1..20000], function($a, $v){function(){$a}}, 1))"
        #expect(try outcome(closures).value == .string("function"))
        let evens = """
            ($even := function($n){$n = 0 ? true : $odd($n - 1)};
             $odd := function($n){$n = 0 ? false : $even($n - 1)}; $even(20000))
            """
        #expect(try outcome(evens).value == .bool(true))
    }
}
