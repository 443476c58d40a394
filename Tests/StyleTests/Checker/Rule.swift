/// One rule of CONTRIBUTING.md, as a function from the files of the repository to its breaches.
struct Rule: CustomStringConvertible, Sendable {
    /// The name under which a failing test shows it.
    let name: String
    /// All breaches in the files, in their order.
    let check: @Sendable ([SourceFile]) -> [Violation]

    var description: String { name }

    /// A rule that looks at each file alone.
    init(_ name: String, perFile check: @escaping @Sendable (SourceFile) -> [Violation]) {
        self.name = name
        self.check = { files in files.flatMap(check) }
    }

    /// A rule that needs to see the files together.
    init(_ name: String, check: @escaping @Sendable ([SourceFile]) -> [Violation]) {
        self.name = name
        self.check = check
    }

    /// Every rule.
    static let all: [Rule] = [
        .imports, .functionLength, .fileLength, .lineLength, .leftovers, .machinePaths,
        .bannedEverywhere, .proofs, .pureCalls, .compiledOnce, .unorderedIteration,
        .characterIteration, .closuresInBoxes, .decidingBorrows,
        .documentation, .commands, .acceptance,
    ]
}
