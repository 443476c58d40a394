/// One benchmark of the registry.
struct Benchmark: Sendable {
    /// What it is called on the command line.
    let name: String
    /// What it measures, in a line.
    let summary: String
    /// Measures; throws when what it measures does not even work.
    let run: @Sendable (Effort) async throws -> [Measurement]

    /// The registry: every file with a benchmark adds its own here.
    static let all: [Benchmark] = [
        .json, .jsonata, .transitions,
    ]
}
