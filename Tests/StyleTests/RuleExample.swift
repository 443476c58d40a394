/// A piece of source, and the lines on which a rule must find a breach.
struct RuleExample: CustomStringConvertible, Sendable {
    let rule: Rule
    let path: String
    let text: String
    let lines: [Int]

    init(_ rule: Rule, _ path: String, _ text: String, _ lines: [Int] = []) {
        self.rule = rule
        self.path = path
        self.text = text
        self.lines = lines
    }

    var file: SourceFile { SourceFile(path: path, text: text) }

    var description: String { "\(rule.name): \(text.prefix(60))" }

    private static let pure = "Sources/StepwellInterpreter/A.swift"
    private static let engine = "Sources/StepwellEngine/A.swift"

    private static func function(lines: Int) -> String {
        "func f() {\n" + String(repeating: "    g()\n", count: lines - 2) + "}\n"
    }

    /// What each rule must find.
    static let breaches: [RuleExample] =
        importBreaches + textBreaches + callBreaches
        + iterationBreaches + boxBreaches + decidingBreaches

    private static let importBreaches = [
        RuleExample(.imports, pure, "import Foundation\nimport Crypto", [1]),
        RuleExample(.imports, pure, "import Glibc", [1]),
        RuleExample(.imports, pure, "import Dispatch", [1]),
        RuleExample(.imports, pure, "import Synchronization", [1]),
        RuleExample(.imports, pure, "package import StepwellEngine", [1]),
        RuleExample(.imports, "Sources/StepwellJSON/A.swift", "import StepwellHistory", [1]),
        RuleExample(.imports, "Sources/StepwellHistory/A.swift", "import StepwellLanguage", [1]),
        RuleExample(.imports, engine, "@testable import struct StepwellStore.Journal", [1]),
        RuleExample(.imports, engine, "import NIOCore", [1]),
        RuleExample(.imports, "Sources/StepwellTriggers/A.swift", "import StepwellStore", [1]),
        RuleExample(.imports, "Sources/StepwellLMDB/A.swift", "import StepwellHistory", [1]),
        RuleExample(.imports, "Sources/Stepwell/A.swift", "\nimport NIOPosix", [2]),
        RuleExample(.imports, "Sources/Examples/B/A.swift", "import StepwellEngine", [1]),
        RuleExample(.imports, "Sources/Unheard/A.swift", "", [1]),
    ]

    private static let textBreaches = [
        RuleExample(.functionLength, pure, "\n" + function(lines: 71), [2]),
        RuleExample(
            .functionLength,
            engine,
            "init(a: Int = 1) throws {" + String(repeating: "\n", count: 70) + "}",
            [1]
        ),
        RuleExample(
            .functionLength,
            engine,
            "var a: Int {" + String(repeating: "\n", count: 70) + "}",
            [1]
        ),
        RuleExample(.fileLength, pure, String(repeating: "\n", count: 401), [401]),
        RuleExample(.fileLength, "Sources/A/a.css", String(repeating: "\n", count: 401), [401]),
        RuleExample(.lineLength, "Sources/A/a.js", String(repeating: "a", count: 101), [1]),
        RuleExample(.lineLength, pure, "\n//" + String(repeating: "é", count: 99), [2]),
        RuleExample(.lineLength, "Tests/A.py", String(repeating: "a", count: 101), [1]),
        RuleExample(
            .lineLength,
            "Tools/a",
            "#!/bin/sh\n" + String(repeating: "a", count: 101),
            [2]
        ),
        RuleExample(.leftovers, pure, "let a = 1\n// FIX" + "ME: later", [2]),
        RuleExample(.leftovers, "README.md", "TO" + "DO", [1]),
        RuleExample(.leftovers, "Tools/test", "# XX" + "X", [1]),
        RuleExample(.machinePaths, "Tools/test", "cd \"/ro" + "ot/x\"", [1]),
        RuleExample(.machinePaths, pure, "let a = \"/wo" + "rk/main\"", [1]),
        RuleExample(.machinePaths, "README.md", "\n`/ho" + "me/me`", [2]),
        RuleExample(.commands, "README.md", "Run `Tools/absent`.", [1]),
        RuleExample(.commands, "CONTRIBUTING.md", "\n    Tools/absent --long", [2]),
        RuleExample(.acceptance, "Tests/Acceptance/a.py", "print(1)", [1]),
        RuleExample(.acceptance, "Tests/Acceptance/a/b.py", "if __name__ == \"__main__\":", [1]),
        RuleExample(.documentation, pure, "package func f() {}", [1]),
        RuleExample(.documentation, pure, "// no\npublic struct A {}", [2]),
        RuleExample(.documentation, engine, "@frozen package indirect enum A {}", [1]),
        RuleExample(
            .documentation,
            engine,
            "protocol A {\nfunc b()\n}\npackage func b() {}",
            [4]
        ),
        RuleExample(.documentation, engine, "package class func a() {}", [1]),
        RuleExample(.documentation, engine, "public var a = 1", [1]),
        RuleExample(.documentation, engine, "/// A.\n\npackage static func f()", [3]),
    ]

    private static let callBreaches = [
        RuleExample(.bannedEverywhere, engine, "a = try! f()", [1]),
        RuleExample(.bannedEverywhere, engine, "a = b as! C", [1]),
        RuleExample(.bannedEverywhere, "Tests/A.swift", "\nfatalError(\"a\")", [2]),
        RuleExample(.bannedEverywhere, engine, "while condition.wait(until: limit) {}", [1]),
        RuleExample(.proofs, engine, "final class A: @unchecked Sendable {}", [1]),
        RuleExample(.proofs, engine, "// Unsafe\nnonisolated(unsafe) var a = 1", [2]),
        RuleExample(.proofs, engine, "// Safe: no.\n\nclass A: @unchecked Sendable {}", [3]),
        RuleExample(.compiledOnce, pure, "let a = try JSONPath(parsing: b)", [1]),
        RuleExample(.compiledOnce, pure, "\nlet a = StringPattern(b)", [2]),
        RuleExample(.pureCalls, pure, "let a = Date()", [1]),
        RuleExample(.pureCalls, pure, "let a = UUID().uuidString", [1]),
        RuleExample(.pureCalls, pure, "let a = Int.random(in: 0..<3)", [1]),
        RuleExample(.pureCalls, pure, "var g = SystemRandomNumberGenerator()", [1]),
        RuleExample(.pureCalls, pure, "a.hashValue", [1]),
        RuleExample(.pureCalls, pure, "ContinuousClock.now", [1]),
        RuleExample(.pureCalls, pure, "Thread.sleep(1)", [1]),
        RuleExample(.pureCalls, pure, "Task { f() }", [1]),
        RuleExample(.pureCalls, pure, "func f() async {\n    await g()\n}", [1, 2]),
        RuleExample(.pureCalls, pure, "let a = \"\\(Date())\"", [1]),
    ]

    private static let iterationBreaches = [
        RuleExample(.unorderedIteration, pure, "let a: [String: Int]\nfor x in a {}", [2]),
        RuleExample(.unorderedIteration, pure, "var b = Set<Int>()\nfor x in self.b {}", [2]),
        RuleExample(.unorderedIteration, pure, "var b = [Int: Int]()\nlet c = b.map(f)", [2]),
        RuleExample(.unorderedIteration, pure, "f(c: Set<Int>)\nc.forEach { f($0) }", [2]),
        RuleExample(.unorderedIteration, pure, "let d: [A: B] = [:]\nfor x in d.keys {}", [2]),
        RuleExample(.unorderedIteration, pure, "let d: [A: B]\nfor x in d where f(x) {}", [2]),
        RuleExample(.characterIteration, pure, "let a: Character = b", [1]),
        RuleExample(.characterIteration, pure, "func f(text: String) {\nfor c in text {}}", [2]),
    ]
}
