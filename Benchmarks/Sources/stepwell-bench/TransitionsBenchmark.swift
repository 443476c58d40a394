import Stepwell

extension Benchmark {
    /// Durable state transitions of a chain of five Pass states, beside plain LMDB.
    static let transitions = Benchmark(
        name: "transitions",
        summary: "durable transitions of five Pass states, beside LMDB appending the same bytes"
    ) { effort in
        var measurements: [Measurement] = []
        for load in TransitionsLoad.all(effort) {
            var engine: [Double] = []
            var plain: [Double] = []
            var commits: [Double] = []
            for _ in 0..<load.rounds {
                // Engine and plain LMDB take turns, so that what else the machine does meets both.
                let round = try await TransitionsRound(load)
                engine.append(round.transitionsPerSecond)
                plain.append(try round.plainTransitionsPerSecond())
                commits.append(round.executionsPerCommit)
            }
            measurements += report(load, engine, plain, commits)
        }
        return measurements
    }

    private static func report(
        _ load: TransitionsLoad,
        _ engine: [Double],
        _ plain: [Double],
        _ commits: [Double]
    ) -> [Measurement] {
        let base = Measurement(
            "plain LMDB, \(load.name)",
            unit: "transitions/s",
            rounds: plain
        )
        var measurement = Measurement(
            "durable, \(load.name)",
            unit: "transitions/s",
            rounds: engine
        )
        measurement.ratio = ("plain LMDB", measurement.median / base.median)
        if load.inFlight == 1_000, !load.awaitsEnd { measurement.goal = 100_000 }
        let perCommit = Measurement(
            "batching, \(load.name)",
            unit: "executions/commit",
            rounds: commits
        )
        return [measurement, base, perCommit]
    }
}
