import Testing

/// The repository obeys the rules of CONTRIBUTING.md.
@Suite("Tidy")
struct TidyTests {
    private static let files = Result { try Repository.files() }

    @Test("The checker sees the repository")
    func seesFiles() throws {
        let paths = Set(try Self.files.get().map(\.path))
        #expect(paths.contains("Package.swift"))
        #expect(paths.contains("Sources/StepwellJSON/JSONValue.swift"))
        #expect(paths.contains("Tests/StyleTests/TidyTests.swift"))
    }

    @Test("The repository obeys", arguments: Rule.all)
    func obeys(rule: Rule) throws {
        for violation in rule.check(try Self.files.get()) {
            Issue.record("\(violation)")
        }
    }
}
