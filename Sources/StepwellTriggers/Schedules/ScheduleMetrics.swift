import Metrics

/// Counts what became of schedules' times, for swift-metrics.
struct ScheduleMetrics: Sendable {
    static let shared = ScheduleMetrics()

    private let delivered = ScheduleMetrics.outcome("delivered")
    private let leftOut = ScheduleMetrics.outcome("left_out")

    private static func outcome(_ outcome: String) -> Counter {
        Counter(label: "stepwell_schedule_times", dimensions: [("outcome", outcome)])
    }

    /// A schedule was gone on with: a time of it went into the outbox, or was left out since it
    /// was missed, with those behind it.
    func counted(_ turn: Schedule.Turn) {
        if turn.delivered != nil { delivered.increment() }
        if turn.hasLeftOut { leftOut.increment() }
    }
}
