import Stepwell
import StepwellJSON

extension Benchmark {
    /// One task done by a handler of this process, from the start to the result.
    static let task = Benchmark(
        name: "W2",
        summary: "one in-process task, from start to result, one after the other"
    ) { effort in
        let count = effort == .quick ? 500 : 10_000
        let latencies = Latencies()
        let run = try await LoggedRun.of { configuration in
            configuration.handle("echo") { (text: String) in text }
        } prepare: { stepwell in
            try await stepwell.createStateMachine("task", definition: .json(taskDefinition))
            for place in 0..<100 { try await once(place, "warm-up", stepwell) }
        } work: { stepwell in
            let clock = ContinuousClock()
            for place in 0..<count {
                let elapsed = try await clock.measure { try await once(place, "task", stepwell) }
                latencies.add(elapsed / .seconds(1))
            }
        }
        let plain = try run.plainCommitSeconds()
        let twoCommits = 2 * Figures.quantile(0.5, of: plain)
        let samples = latencies.seconds
        var report = Figures.times(samples, "us", perSecond: 1e6)
        report["two_raw_commits_us"] = Figures.number(twoCommits * 1e6)
        report["times_two_raw_commits"] = Figures.number(
            Figures.quantile(0.5, of: samples) / twoCommits
        )
        let figures = try run.figures(transitions: count)
        report["transitions_per_second"] = Figures.number(figures.transitionsPerSecond)
        report["raw_ratio"] = Figures.number(figures.rawRatio)
        report["log_bytes_per_transition"] = Figures.number(figures.logBytesPerTransition)
        report["commits_per_execution"] = Figures.number(
            Double(run.commits.count) / Double(count)
        )
        return report
    }

    private static let taskDefinition = """
        {"StartAt":"Echo","States":{"Echo":{"Type":"Task","Resource":"echo","End":true}}}
        """

    private static func once(
        _ place: Int,
        _ name: String,
        _ stepwell: WorkflowEngine
    ) async throws {
        let execution = try await stepwell.start("task", name: "\(name)-\(place)", input: "hello")
        guard try await execution.result(as: String.self) == "hello" else {
            throw LoggedRun.Failure(description: "the task's result is not its input")
        }
    }
}
