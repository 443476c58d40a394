import Foundation
import Stepwell

/// One execution for each night: it waits until 02:30 UTC, then makes the report.
struct Nights: Sendable {
    /// The time now.
    let now: @Sendable () -> Date

    /// What an execution is started with.
    struct Night: Codable, Sendable {
        /// The day, which names the execution: `2026-11-29`.
        var day: String
        /// When the report is due, RFC 3339.
        var due: String
    }

    static let definition = Definition.json(
        """
        {"StartAt": "Night", "States": {
          "Night": {"Type": "Wait", "TimestampPath": "$.due", "Next": "Report"},
          "Report": {"Type": "Task", "Resource": "write-report", "End": true,
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 5,
              "BackoffRate": 2}]}}}
        """
    )

    private static let day = 86_400.0
    private static let halfPastTwo = 9_000.0

    /// Registers who makes the report of a day.
    func register(
        in configuration: inout WorkflowEngine.Configuration,
        _ report: @escaping @Sendable (String) async throws -> Void
    ) {
        configuration.handle("write-report") { (night: Night) in
            try await report(night.day)
            return night.day
        }
    }

    /// Creates the state machine, or changes it.
    func deploy(to engine: WorkflowEngine) async throws {
        try await engine.deployStateMachine("nightly", definition: Self.definition)
    }

    /// Waits for the next night's report; gives its day.
    func next(by engine: WorkflowEngine) async throws -> String {
        let passed = now().timeIntervalSince1970 - Self.halfPastTwo
        let number = (passed / Self.day).rounded(.down) + 1
        let due = Date(timeIntervalSince1970: number * Self.day + Self.halfPastTwo)
            .ISO8601Format()
        let night = Night(day: String(due.prefix(10)), due: due)
        // The name is the night: whoever starts it again finds it.
        let execution = try await engine.startOrAttach("nightly", name: night.day, input: night)
        return try await execution.result(as: String.self)
    }
}
