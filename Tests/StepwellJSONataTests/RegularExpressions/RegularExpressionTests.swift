import Testing

@testable import StepwellJSONata

/// Matches as ECMAScript has them: `from,to` of the match, then of each group, `-` for none.
struct RegularExpressionTests {
    static let table: [(pattern: String, flags: String, text: String, expected: String)] = [
        ("b+", "", "ababbxabbcc", "1,2"),
        ("(-?\\d+(?:\\.\\d*)?)F\\b", "", "temperature = 68F today", "14,17|14,16"),
        ("a.*?a", "", "abracadabra", "0,4"),
        ("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "0,10|0,1|8,10|8,9|-|9,10"),
        ("(a*)*", "", "b", "0,0|-"),
        ("(a*)?", "", "b", "0,0|-"),
        ("(?=(a+))a*b\\1", "", "baaabac", "3,6|3,4"),
        ("(?=(a+))", "", "baaabac", "1,1|1,4"),
        ("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", "0,8|0,2|-|3,8"),
        ("(?<=(\\d+)(\\d+))$", "", "1053", "4,4|0,1|1,4"),
        ("(?<year>\\d{4})-\\k<year>", "", "x2024-2024", "1,10|1,5"),
        ("x??(.*?)+", "", "k ", "0,2|1,2"),
        ("^b", "m", "a\nb", "2,3"),
        ("^b", "", "a\nb", "null"),
        ("É", "i", "é", "0,1"),
        ("\\u212a", "i", "k", "null"),
        ("[^x]", "i", "X", "null"),
        ("a{,2}", "", "a{,2}", "0,5"),
        ("\\cA\\c", "", "\u{1}\\c", "0,3"),
        ("\\0\\101\\8", "", "\0A8", "0,3"),
        ("[\\w-a]+", "", "-b", "0,2"),
        ("[]", "", "a", "null"),
        ("[^]", "", "\n", "0,1"),
    ]

    @Test("Patterns match as ECMAScript prescribes", arguments: table)
    func matches(_ row: (pattern: String, flags: String, text: String, expected: String)) throws {
        let expression = try RegularExpression(
            pattern: Array(row.pattern.utf16),
            ignoreCase: row.flags.utf8.contains(0x69),
            multiline: row.flags.utf8.contains(0x6D)
        )
        var steps = 100_000
        let match = try expression.firstMatch(in: Array(row.text.utf16), from: 0, steps: &steps)
        let text = match.map { match in
            ([match.range] + match.groups).map { range in
                range.map { "\($0.lowerBound),\($0.upperBound)" } ?? "-"
            }.joined(separator: "|")
        }
        #expect(text ?? "null" == row.expected)
        #expect(steps < 100_000)
    }

    @Test(
        "What is no pattern is refused",
        arguments: ["(", ")", "*", "a**", "[b-a]", "[", "\\", "a{2,1}", "(?<a>x)(?<a>y)", "(?x)"]
    )
    func refuses(_ pattern: String) {
        #expect(throws: JSONataPatternError.self) {
            try RegularExpression(
                pattern: Array(pattern.utf16),
                ignoreCase: false,
                multiline: false
            )
        }
    }

    @Test("Deep nesting and large counts are refused, not compiled")
    func limits() {
        let deep = String(repeating: "(", count: 50_000)
        let large = "((a{1000}){1000}){1000}"
        for pattern in [deep, large] {
            #expect(throws: JSONataPatternError.tooComplex) {
                try RegularExpression(
                    pattern: Array(pattern.utf16),
                    ignoreCase: false,
                    multiline: false
                )
            }
        }
    }

    @Test("A pattern that makes backtracking explode takes linear steps")
    func linear() throws {
        let expression = try RegularExpression(
            pattern: Array("(a+)+$".utf16),
            ignoreCase: false,
            multiline: false
        )
        let text = Array((String(repeating: "a", count: 5_000) + "b").utf16)
        var steps = 200_000
        #expect(try expression.firstMatch(in: text, from: 0, steps: &steps) == nil)
    }

    @Test("Backtracking ends when the steps are spent")
    func budget() throws {
        let expression = try RegularExpression(
            pattern: Array("(a+)+\\1$".utf16),
            ignoreCase: false,
            multiline: false
        )
        let text = Array((String(repeating: "a", count: 40) + "b").utf16)
        var steps = 100_000
        #expect(throws: JSONataPatternError.stepsExceeded) {
            try expression.firstMatch(in: text, from: 0, steps: &steps)
        }
    }
}
