extension RuleExample {
    private static let pure = "Sources/StepwellInterpreter/A.swift"
    private static let engine = "Sources/StepwellEngine/A.swift"

    private static func lines(_ count: Int) -> String { String(repeating: "\n", count: count) }

    /// What no rule may complain of.
    static let innocents: [RuleExample] = boxInnocents + decidingInnocents + otherInnocents

    private static let otherInnocents = [
        RuleExample(.imports, pure, "import Crypto\npackage import StepwellHistory"),
        RuleExample(.imports, engine, "import Foundation\npublic import StepwellHistory"),
        RuleExample(.imports, "Tests/ATests/A.swift", "@testable import Anything"),
        RuleExample(.functionLength, engine, "func f() {" + lines(69) + "}"),
        RuleExample(
            .functionLength,
            engine,
            "protocol P { func f()" + lines(40) + "}\nstruct A {" + lines(80) + "}"
        ),
        RuleExample(.functionLength, engine, "var a = 1\nstruct A {" + lines(80) + "}"),
        RuleExample(.fileLength, engine, lines(400)),
        RuleExample(.fileLength, "Sources/A/a.json", lines(4000)),
        RuleExample(.lineLength, engine, "//" + String(repeating: "é", count: 98)),
        RuleExample(.leftovers, engine, "// A method is not a toad."),
        RuleExample(.machinePaths, "README.md", "See https://example.org/work/a and ../work/b."),
        RuleExample(.commands, "README.md", "`Tools/test` and (.ci/run)."),
        RuleExample(.commands, "README.md", "`Tools/test.d/a.txt`"),
        RuleExample(.acceptance, "Tests/Acceptance/a.py", "if __name__ == \"__main__\":"),
        RuleExample(.acceptance, "Tests/Acceptance/a.txt", "a.py"),
        RuleExample(.documentation, engine, "/// A.\n@frozen\npackage enum A { case b }"),
        RuleExample(.documentation, engine, "package init() {}\npackage let a: Int"),
        RuleExample(.documentation, engine, "public override func f() {}\nfunc g() {}"),
        RuleExample(
            .documentation,
            engine,
            "protocol A {\n/// B.\nfunc b()\n}\nextension C: A {\npackage func b() {}\n}"
        ),
        RuleExample(.documentation, engine, "package import StepwellJSON"),
        RuleExample(.bannedEverywhere, engine, "// try! to\nlet a = \"fatalError(\" as? B"),
        RuleExample(
            .proofs,
            engine,
            "/// A.\n// Safe: immutable.\nclass A: @unchecked Sendable {}"
        ),
        RuleExample(.bannedEverywhere, engine, "return try !f() as !g"),
        RuleExample(
            .proofs,
            engine,
            "/// `@unchecked Sendable`: a lock.\nclass A: @unchecked Sendable {}"
        ),
        RuleExample(.proofs, engine, "let a = \"@unchecked Sendable\""),
        RuleExample(.compiledOnce, engine, "let a = try JSONPath(parsing: b)"),
        RuleExample(.compiledOnce, pure, "StatesTimestamp(parsing: a) // JSONPath(parsing:"),
        RuleExample(.pureCalls, engine, "let a = Date()"),
        RuleExample(.pureCalls, pure, "case task(TaskState) // Date()\nlet a = \"await\""),
        RuleExample(.unorderedIteration, pure, "let a: [String: Int]\nfor x in a.sorted(by: f) {}"),
        RuleExample(.unorderedIteration, pure, "let a: [String: Int]\nlet b = a.keys.sorted()"),
        RuleExample(.unorderedIteration, pure, "let a: [Int]\nfor x in a {}\na.map(f)"),
        RuleExample(
            .unorderedIteration,
            pure,
            "let a: Set<Int>\n// Order-free: a sum.\nfor x in a { b += x }"
        ),
        RuleExample(.unorderedIteration, engine, "let a: Set<Int>\nfor x in a {}"),
        RuleExample(.characterIteration, pure, "let a: String\nfor x in a.utf8 {}"),
        RuleExample(.characterIteration, engine, "let a: Character"),
    ]
}
