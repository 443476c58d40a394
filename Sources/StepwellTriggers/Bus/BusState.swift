/// A bus with its rules.
struct BusState: Sendable {
    var bus: EventBus
    private(set) var rules: [String: RuleState] = [:]
    /// The names of the rules, in order.
    private var names: [String] = []
    /// The schedule expressions of enabled rules, by rule.
    private var schedules: [String: String] = [:]
    /// The rules whose schedule expression has changed since that was asked.
    private var rescheduled: Set<String> = []
    private var index = RuleIndex()

    init(_ bus: EventBus) {
        self.bus = bus
    }

    /// Sets a rule, or removes it.
    mutating func set(_ name: String, _ state: RuleState?) {
        let old = rules[name]
        if let old { index.remove(old) }
        rules[name] = state
        if (old == nil) != (state == nil) { list(name, isThere: state != nil) }
        let schedule = state.flatMap { $0.rule.isEnabled ? $0.rule.schedule : nil }
        if schedules[name] != schedule {
            schedules[name] = schedule
            rescheduled.insert(name)
        }
        if let state { index.add(state) }
    }

    private mutating func list(_ name: String, isThere: Bool) {
        let place = names.firstPlace { !$0.utf8.lexicographicallyPrecedes(name.utf8) }
        if isThere {
            names.insert(name, at: place)
        } else {
            names.remove(at: place)
        }
    }

    /// The rules whose schedule expression has changed since this was asked last, in order.
    mutating func takeRescheduled() -> [(name: String, schedule: String?)] {
        defer { rescheduled = [] }
        return rescheduled.sorted().map { ($0, schedules[$0]) }
    }

    /// Rules in order of name: those whose names begin with `prefix` and are behind `last`, at most
    /// `limit`.
    func rules(prefix: String, after last: String?, limit: Int) -> [RuleState] {
        let place = names.firstPlace { name in
            !name.utf8.lexicographicallyPrecedes(prefix.utf8)
                && last.map { $0.utf8.lexicographicallyPrecedes(name.utf8) } ?? true
        }
        return names[place...].prefix(limit).prefix { $0.utf8.starts(with: prefix.utf8) }
            .compactMap { rules[$0] }
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

extension [String] {
    /// The place of the first element that is behind a border; elements before it are not.
    fileprivate func firstPlace(where isBehind: (String) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
