/// Finds the rules that an event may match: by its source where they say which ones they take,
/// else by its type, else all of them.
///
/// So an event costs what its own rules cost, however many there are of others.
struct RuleIndex: Sendable {
    private var bySource: [[UInt8]: Set<String>] = [:]
    private var byType: [[UInt8]: Set<String>] = [:]
    private var others: Set<String> = []

    /// Adds an enabled rule that has a pattern.
    mutating func add(_ state: RuleState) {
        guard state.rule.isEnabled, let pattern = state.pattern else { return }
        let name = state.rule.name
        if let sources = pattern.exactStrings(of: "source") {
            for source in sources { bySource[source, default: []].insert(name) }
        } else if let types = pattern.exactStrings(of: "detail-type") {
            for type in types { byType[type, default: []].insert(name) }
        } else {
            others.insert(name)
        }
    }

    /// Removes a rule that was added.
    mutating func remove(_ state: RuleState) {
        guard let pattern = state.pattern else { return }
        let name = state.rule.name
        for source in pattern.exactStrings(of: "source") ?? [] {
            bySource[source]?.remove(name)
            if bySource[source]?.isEmpty ?? false { bySource[source] = nil }
        }
        for type in pattern.exactStrings(of: "detail-type") ?? [] {
            byType[type]?.remove(name)
            if byType[type]?.isEmpty ?? false { byType[type] = nil }
        }
        others.remove(name)
    }

    /// The rules that an event may match.
    func candidates(for event: AcceptedEvent) -> Set<String> {
        candidates(source: event.key("source") ?? [], type: event.key("detail-type") ?? [])
    }

    /// The rules that events of a source and a type may match.
    func candidates(source: [UInt8], type: [UInt8]) -> Set<String> {
        (bySource[source] ?? []).union(byType[type] ?? []).union(others)
    }
}
