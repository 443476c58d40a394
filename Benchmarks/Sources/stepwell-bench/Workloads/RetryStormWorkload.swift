import Foundation
import Stepwell
import StepwellJSON

extension Benchmark {
    /// Thousands of executions whose task fails three times, each a second after the other.
    static let retryStorm = Benchmark(
        name: "W5",
        summary: "retry storm: every task fails three times, a second apart"
    ) { effort in
        let count = effort == .quick ? 2_000 : 50_000
        let attempts = 4
        let run = try await LoggedRun.of { configuration in
            configuration.maximumConcurrentTasks = 4_096
            configuration.handle("flaky") { (text: String, task) in
                guard task.attempt == attempts else {
                    throw TaskError("Flaky", cause: "attempt \(task.attempt)")
                }
                return text
            }
        } prepare: { stepwell in
            try await stepwell.createStateMachine("flaky", definition: .json(definition))
        } work: { stepwell in
            try await Clients.run(count, count: count) { place in
                let execution = try await stepwell.start(
                    "flaky",
                    name: "storm-\(place)",
                    input: "x"
                )
                _ = try await execution.result(as: AnyOutput.self)
            }
        }
        let beyond = run.seconds - Double(attempts - 1)
        return [
            "executions": Figures.count(count),
            "attempts_per_second": Figures.number(Double(count * attempts) / run.seconds),
            "attempts_per_second_beyond_backoff": Figures.number(
                Double(count * attempts) / max(0.001, beyond)
            ),
            "seconds": Figures.number(run.seconds),
            "seconds_of_backoff": Figures.count(attempts - 1),
            "log_bytes_per_attempt": Figures.number(
                Double(run.logBytes) / Double(count * attempts)
            ),
        ]
    }

    private static let definition = """
        {"StartAt":"Try","States":{"Try":{"Type":"Task","Resource":"flaky","End":true,"Retry":[
        {"ErrorEquals":["Flaky"],"IntervalSeconds":1,"BackoffRate":1.0,"MaxAttempts":3}]}}}
        """
}
