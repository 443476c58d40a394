import Foundation
import Stepwell

extension Benchmark {
    /// Durable state transitions per second: executions of five Pass states, a thousand at once.
    static let transitions = Benchmark(
        name: "transitions",
        summary: "durable state transitions of a five-Pass chain, 1,000 executions in flight"
    ) { effort in
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("stepwell-bench-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let stepwell = try await Stepwell.open(at: directory) {
            $0.logger.logLevel = .error
        }
        try await stepwell.createStateMachine("chain", definition: .json(fivePasses))
        let count = effort.executions
        _ = try await rate(of: stepwell, executions: count / 4)
        var rounds: [Double] = []
        for _ in 0..<3 { rounds.append(try await rate(of: stepwell, executions: count)) }
        await stepwell.shutdown()
        var measurement = Measurement("transitions durable", unit: "/s", rounds: rounds)
        measurement.goal = 100_000
        return [measurement]
    }

    private static let inFlight = 1_000
    private static let statesEach = 5

    private static let fivePasses = #"""
        {"StartAt":"A","States":{
         "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},
         "C":{"Type":"Pass","Next":"D"},"D":{"Type":"Pass","Next":"E"},
         "E":{"Type":"Pass","End":true}}}
        """#

    /// Keeps a thousand executions in flight, each started when another is closed.
    private static func rate(of stepwell: Stepwell, executions: Int) async throws -> Double {
        let begin = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<inFlight {
                let share = executions / inFlight + (lane < executions % inFlight ? 1 : 0)
                group.addTask {
                    for _ in 0..<share {
                        _ = try await stepwell.start("chain").waitUntilClosed()
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        return Double(executions * statesEach) / seconds
    }
}

extension Effort {
    fileprivate var executions: Int {
        switch self {
        case .quick: 5_000
        case .full: 100_000
        }
    }
}
