import Metrics

/// Counts what triggers do, for swift-metrics.
struct TriggerMetrics: Sendable {
    static let shared = TriggerMetrics()

    private let events = Counter(label: "stepwell_trigger_events")
    private let matched = Counter(label: "stepwell_trigger_rule_matches")
    private let delivered = TriggerMetrics.outcomes("delivered")
    private let retried = TriggerMetrics.outcomes("retried")
    private let dead = TriggerMetrics.outcomes("dead")
    private let loops = Counter(label: "stepwell_trigger_loops_cut")
    private let deadLetters = Gauge(label: "stepwell_trigger_dead_letters")
    private let inFlight = Gauge(label: "stepwell_trigger_deliveries_in_flight")

    private static func outcomes(_ outcome: String) -> Counter {
        Counter(label: "stepwell_trigger_deliveries", dimensions: [("outcome", outcome)])
    }

    /// An event was received on a bus.
    func received(_ event: AcceptedEvent, matches: Int) {
        events.increment()
        if matches > 0 { matched.increment(by: matches) }
    }

    /// An attempt to deliver has ended.
    func ended(_ outcome: SettledDelivery) {
        switch outcome {
        case .delivered: delivered.increment()
        case .retried: retried.increment()
        case .dead: dead.increment()
        }
    }

    /// A rule was not told of an execution that it has started itself.
    func cutLoop() { loops.increment() }

    /// So many dead letters are there.
    func counted(deadLetters count: Int) { deadLetters.record(count) }

    /// So many deliveries are under way.
    func counted(inFlight count: Int) { inFlight.record(count) }
}
