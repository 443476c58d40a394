/// A rule with what follows from it: its pattern, compiled, and its targets in order of id.
struct RuleState: Sendable {
    var rule: Rule
    /// Nil of rules that are due by the clock alone.
    var pattern: EventPattern?
    var targets: [RuleTarget] = []

    /// A rule; one with a pattern that cannot be read any more matches nothing.
    init(_ rule: Rule) {
        self.rule = rule
        pattern = rule.pattern.flatMap { try? EventPattern(parsing: $0) }
    }

    /// Sets a target.
    mutating func put(_ target: RuleTarget) {
        remove(target.id)
        let place = targets.firstIndex { target.id.utf8.lexicographicallyPrecedes($0.id.utf8) }
        targets.insert(target, at: place ?? targets.count)
    }

    /// Removes a target; false when there is none with the id.
    @discardableResult
    mutating func remove(_ id: String) -> Bool {
        guard let place = targets.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
            return false
        }
        targets.remove(at: place)
        return true
    }
}
