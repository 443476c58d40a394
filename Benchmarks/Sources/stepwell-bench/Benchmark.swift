import StepwellJSON

/// One benchmark of the registry.
struct Benchmark: Sendable {
    /// What it is called on the command line, and in the report.
    let name: String
    /// What it measures, in a line.
    let summary: String
    /// Measures; throws when what it measures does not even work.
    let run: @Sendable (Effort) async throws -> JSONObject

    /// The registry: every file with a benchmark adds its own here.
    ///
    /// W6, W8, W9, W10 and W12 need a server in a process of its own: `Tools/bench-workloads.py`.
    static let all: [Benchmark] = [
        .chain, .task, .fanOut, .sleepers, .retryStorm, .payloads, .distributedMap,
        .json, .jsonata,
    ]
}
