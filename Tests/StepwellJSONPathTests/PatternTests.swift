import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Patterns of filters")
struct PatternTests {
    @Test(
        "a pattern has to match all of the text",
        arguments: [
            ("/abc/", "abc", true), ("/abc/", "xabc", false), ("/a.c/", "a\nc", false),
            ("/a.c/s", "a\nc", true), ("/ABC/i", "aBc", true), ("/[A-C]+/i", "cab", true),
            ("/(a|b)*c/", "ababc", true), ("/(?:x|yy){2,3}/", "xyyx", true),
            ("/x{2}/", "xxx", false), ("/x{2,}/", "xxx", true), ("/a?b+?/", "bbb", true),
            (#"/\d{3}-\w+\s\S/"#, "123-ab_9 !", true), (#"/\D\W/"#, "a-", true),
            ("/[^a-c]/", "d", true), ("/[^a-c]/", "b", false), ("/[]x]/", "]", true),
            ("/[a-]/", "-", true), (#"/[\d.]+/"#, "1.5", true), (#"/a\/b/"#, "a/b", true),
            (#"/\u0041\x42/"#, "AB", true), ("/^a$/", "a", true), ("/a^b/", "ab", false),
            (#"/a\b-\bb/"#, "a-b", true), ("/(a*)*/", "aaaa", true), ("/()/", "", true),
            ("/a|/", "", true), ("/😀./", "😀é", true), ("/a$\\nb/m", "a\nb", true),
        ]
    )
    func matching(pattern: String, text: String, matches: Bool) throws {
        var budget = EvaluationBudget(steps: 100_000)
        let path = try JSONPath(parsing: "$[?(@ =~ \(pattern))]")
        let value = try path.evaluate(on: .array([.string(text)]), budget: &budget)
        #expect(value == .array(matches ? [.string(text)] : []), "\(pattern) on \(text)")
    }

    @Test(
        "what needs backtracking or Unicode tables is refused by name",
        arguments: [
            (#"/(a)\1/"#, "'\\1' is not supported"), ("/(?=a)/", "only '(?:'"),
            ("/(?<n>a)/", "only '(?:'"), ("/a++/", "possessive"), (#"/\p{L}/"#, "'\\p'"),
            ("/a/x", "flag 'x'"), ("/[a[b]]/", "classes inside classes"), ("/*/", "nothing stands"),
            ("/a**/", "nothing stands"), ("/(/", "expected ')'"), ("/a)/", "unmatched ')'"),
            ("/[b-a]/", "backwards"), ("/a{3,2}/", "backwards"),
            ("/((((a{99}){99}){99}){99})/", "instructions"), ("/((()){4000}){4000}/", "too much"),
            ("/[a/", "expected ']'"), (#"/a"#, "no end"),
        ]
    )
    func refusals(pattern: String, reason: String) {
        let error = #expect(throws: JSONPathSyntaxError.self) {
            try JSONPath(parsing: "$[?(@ =~ \(pattern))]")
        }
        #expect(error?.reason.contains(reason) == true, "\(pattern): \(error?.reason ?? "")")
    }

    @Test("a pattern that ruins a backtracking matcher costs no more than its size times the text")
    func bounded() throws {
        let text = String(repeating: "a", count: 2_000) + "b"
        var budget = EvaluationBudget(steps: 100_000)
        let path = try JSONPath(parsing: "$[?(@ =~ /(a+)+(a|a)*c/)]")
        #expect(try path.evaluate(on: .array([.string(text)]), budget: &budget) == .array([]))
    }
}
