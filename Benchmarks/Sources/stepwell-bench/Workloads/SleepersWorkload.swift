import Foundation
import Stepwell
import StepwellJSON

extension Benchmark {
    /// Executions that wait: the memory each takes, the time until a restart is ready, and how late
    /// they are woken.
    static let sleepers = Benchmark(
        name: "W4",
        summary:
            "sleeping executions: memory each, restart, lateness of 10,000 due at 5,000 a second"
    ) { effort in
        let count = effort == .quick ? 30_000 : 300_000
        let directory = try TemporaryDirectory()
        var report: JSONObject = ["sleepers": Figures.count(count)]
        report["memory_bytes_per_sleeper"] = Figures.number(try await fill(directory.path, count))
        let clock = ContinuousClock()
        let began = clock.now
        let stepwell = try await open(directory.path)
        report["restart_ms"] = Figures.number((clock.now - began) / .milliseconds(1))
        for (key, value) in try await lateness(stepwell) { report[key] = value }
        await stepwell.shutdown()
        return report
    }

    /// Starts sleepers; the memory that each takes.
    ///
    /// The directory is free again afterwards.
    private static func fill(_ path: String, _ count: Int) async throws -> Double {
        let stepwell = try await open(path)
        try await stepwell.createStateMachine("sleep", definition: .json(definition))
        try await start(2_000, "warm-up", dueIn: 0, stepwell)
        let before = try ProcessMemory.anonymousBytes()
        try await start(count, "sleeper", dueIn: 86_400, stepwell)
        let each = (try ProcessMemory.anonymousBytes() - before) / Double(count)
        await stepwell.shutdown()
        return each
    }

    private static let definition = """
        {"StartAt":"Sleep","States":{"Sleep":{"Type":"Wait","TimestampPath":"$.due","End":true}}}
        """

    private static func open(_ path: String) async throws -> WorkflowEngine {
        let engine = try await WorkflowEngine.open(at: path) {
            $0.maximumResidentExecutions = 10_000
        }
        engine.resume()
        return engine
    }

    /// Starts sleepers that are due after so many seconds, a fifth of a millisecond apart.
    private static func start(
        _ count: Int,
        _ name: String,
        dueIn seconds: Double,
        _ stepwell: WorkflowEngine
    ) async throws {
        let first = Date.now.timeIntervalSince1970 + seconds
        try await Clients.run(512, count: count) { place in
            let due = Int64((first + Double(place) / 5_000) * 1_000)
            let input = ["due": Timestamp(milliseconds: due).rfc3339]
            _ = try await stepwell.start("sleep", name: "\(name)-\(due)-\(place)", input: input)
        }
    }

    private static func lateness(_ stepwell: WorkflowEngine) async throws -> JSONObject {
        let count = 10_000
        try await start(count, "late", dueIn: 3, stepwell)
        let last = ContinuousClock.now + .seconds(30)
        var ended: [ExecutionSummary] = []
        while ended.count < count && ContinuousClock.now < last {
            try await Task.sleep(for: .milliseconds(500))
            ended = try await stepwell.executions(of: "sleep", status: .succeeded)
                .array(limit: count + 2_000)
                .filter { $0.name.hasPrefix("late-") }
        }
        guard ended.count == count else {
            throw LoggedRun.Failure(description: "\(ended.count) of \(count) sleepers woke up")
        }
        let late = ended.compactMap { summary -> Double? in
            guard let due = Int64(summary.name.split(separator: "-")[1]),
                let stop = summary.stopDate
            else { return nil }
            return Double(stop.milliseconds - due) / 1_000
        }
        var report: JSONObject = [:]
        for (key, value) in Figures.times(late, "ms", perSecond: 1_000) {
            report["lateness_\(key)"] = value
        }
        return report
    }
}
