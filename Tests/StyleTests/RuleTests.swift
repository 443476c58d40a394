import Testing

/// A rule that cannot fail protects nothing: each is shown what it must find and what it must not.
@Suite("The rules themselves")
struct RuleTests {
    @Test("finds", arguments: RuleExample.breaches)
    func finds(example: RuleExample) {
        let found = example.rule.check([example.file])
        #expect(found.map(\.line) == example.lines)
        for violation in found {
            #expect("\(violation)".hasPrefix("\(example.file.path):"))
            #expect(!violation.fix.isEmpty)
        }
    }

    @Test("lets pass", arguments: RuleExample.innocents)
    func letsPass(example: RuleExample) {
        #expect(example.rule.check([example.file]) == [])
    }

    @Test("Every rule has a breach and an innocent example")
    func everyRuleIsTested() {
        let names = Set(Rule.all.map(\.name))
        #expect(Set(RuleExample.breaches.map(\.rule.name)) == names)
        #expect(Set(RuleExample.innocents.map(\.rule.name)) == names)
    }

    @Test("Tokens are what is neither comment nor literal")
    func tokens() {
        let text = ##"""
            let a = "x \(f(b) + "y") z" // c
            /* d /* e */ */ let g = #"\(h) " \#(i)"#
            """##
        let words = SwiftLexer(text).tokens.map(\.text)
        #expect(
            words == [
                "let", "a", "=", "\"", "f", "(", "b", ")", "+", "\"",
                "let", "g", "=", "\"", "i",
            ]
        )
        #expect(SwiftLexer(text).comments[1] == "// c")
    }

    @Test("A multi-line literal keeps the line numbers")
    func multilineLiteral() {
        let tokens = SwiftLexer("let a = \"\"\"\n  let \"b\"\n  \"\"\"\nlet c").tokens
        #expect(tokens.last == Token(text: "c", line: 4))
        #expect(tokens.count == 6)
    }
}
