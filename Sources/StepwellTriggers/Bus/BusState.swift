/// A bus with its rules.
struct BusState: Sendable {
    var bus: EventBus
    private(set) var rules: [String: RuleState] = [:]
    /// The schedule expressions of enabled rules, by rule.
    private(set) var schedules: [String: String] = [:]
    private var index = RuleIndex()

    init(_ bus: EventBus) {
        self.bus = bus
    }

    /// Sets a rule, or removes it.
    mutating func set(_ name: String, _ state: RuleState?) {
        if let old = rules[name] { index.remove(old) }
        rules[name] = state
        schedules[name] = state.flatMap { $0.rule.isEnabled ? $0.rule.schedule : nil }
        if let state { index.add(state) }
    }

    /// The enabled rules that an event matches, in order of name.
    func matches(_ event: AcceptedEvent) -> [RuleState] {
        index.candidates(for: event).compactMap { rules[$0] }
            .filter { $0.pattern?.matches(event.flat) ?? false }
            .sorted { $0.rule.name.utf8.lexicographicallyPrecedes($1.rule.name.utf8) }
    }

    /// Whether there are rules that events of a source and type may match.
    func listens(to source: String, _ type: String) -> Bool {
        !index.candidates(source: Array(source.utf8), type: Array(type.utf8)).isEmpty
    }
}
