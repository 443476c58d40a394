import StepwellEngine
import StepwellHistory
import Synchronization

/// The buses, rules and targets, as decisions of the ledger see and change them.
///
/// Every change is said to the batch as well: what is in memory follows from the rows.
final class EventCatalog: TriggerComponent {
    private let state = Mutex<[String: BusState]>([:])
    private let clock: any EngineClock

    init(clock: any EngineClock) {
        self.clock = clock
    }

    func load(from store: any TriggerStore) throws(StoreError) {
        var buses: [String: BusState] = [:]
        for bus in try store.allRows(of: .eventBus).compactMap(EventBus.init) {
            buses[bus.name] = BusState(bus)
        }
        if buses[EventBus.defaultName] == nil {
            let bus = EventBus(name: EventBus.defaultName, at: clock.now())
            buses[EventBus.defaultName] = BusState(bus)
        }
        // The key of a target is that of its rule, and its id.
        let targets = Dictionary(grouping: try store.allRows(of: .target)) { row in
            Array(row.key.prefix(upTo: row.key.lastIndex(of: 0) ?? 0))
        }
        for row in try store.allRows(of: .rule) {
            guard let rule = Rule(row) else { continue }
            var state = RuleState(rule)
            for target in (targets[row.key] ?? []).compactMap(RuleTarget.init) { state.put(target) }
            buses[rule.bus]?.set(rule.name, state)
        }
        // What is loaded is in the timetable already.
        for name in buses.keys { _ = buses[name]?.takeRescheduled() }
        state.withLock { $0 = buses }
    }

    func committed(_ kinds: Set<TriggerKind>) {}

    // MARK: Looking

    /// Every bus, in order of name.
    var buses: [EventBus] {
        state.withLock { $0.values.map(\.bus) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// A bus.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func bus(_ name: String) throws(ServiceError) -> EventBus {
        guard let bus = state.withLock({ $0[name]?.bus }) else { throw .noEventBus(name) }
        return bus
    }

    /// A rule of a bus; nil when the bus has none of the name.
    ///
    /// No state of a whole bus leaves the lock: the next change would copy all of it.
    ///
    /// - Throws: `ResourceNotFoundException` when there is no such bus.
    func knownRule(_ name: String, of bus: String) throws(ServiceError) -> RuleState? {
        let (isThere, rule) = state.withLock { ($0[bus] != nil, $0[bus]?.rules[name]) }
        guard isThere else { throw .noEventBus(bus) }
        return rule
    }

    /// A rule.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func rule(_ name: String, of bus: String) throws(ServiceError) -> RuleState {
        guard let rule = try knownRule(name, of: bus) else { throw .noRule(name, of: bus) }
        return rule
    }

    /// The rules of a bus, in order of name: those whose names begin with `prefix` and are behind
    /// `last`, at most `limit`.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func rules(
        of bus: String,
        prefix: String = "",
        after last: String? = nil,
        limit: Int = .max
    ) throws(ServiceError) -> [RuleState] {
        let found = state.withLock { buses in
            buses[bus].map { $0.rules(prefix: prefix, after: last, limit: limit) }
        }
        guard let found else { throw .noEventBus(bus) }
        return found
    }

    /// Whether a bus has rules.
    func hasRules(_ bus: String) -> Bool {
        state.withLock { !($0[bus]?.rules.isEmpty ?? true) }
    }

    /// The rules of the default bus whose schedule expression has changed since this was asked
    /// last, with the one that they have now; nil in it: they are not due by the clock.
    func takeRescheduled() -> [(name: String, schedule: String?)] {
        state.withLock { $0[EventBus.defaultName]?.takeRescheduled() ?? [] }
    }

    /// The rules that an event of a bus matches; none when there is no such bus.
    func matches(_ event: AcceptedEvent, on bus: String) -> [RuleState] {
        state.withLock { $0[bus]?.matches(event) ?? [] }
    }

    /// Whether rules of the default bus may match an event of a source and type.
    func listens(to source: String, _ type: String) -> Bool {
        state.withLock { $0[EventBus.defaultName]?.listens(to: source, type) ?? false }
    }

    // MARK: Changing

    /// Sets a bus; its rules stay.
    func put(_ bus: EventBus, _ batch: inout TriggerBatch) {
        batch.put(bus.row)
        state.withLock { buses in
            if buses[bus.name] == nil {
                buses[bus.name] = BusState(bus)
            } else {
                buses[bus.name]?.bus = bus
            }
        }
    }

    /// Removes a bus, which has no rules.
    func remove(bus name: String, _ batch: inout TriggerBatch) {
        batch.delete(.eventBus, key: TriggerKey.names(name))
        state.withLock { $0[name] = nil }
    }

    /// Sets a rule and its targets as they are to be.
    func put(_ new: RuleState, _ batch: inout TriggerBatch) {
        let rule = new.rule
        let old = state.withLock { $0[rule.bus]?.rules[rule.name] }
        if old?.rule != rule { batch.put(rule.row) }
        for target in old?.targets ?? []
        where !new.targets.contains(where: { $0.id.utf8.elementsEqual(target.id.utf8) }) {
            batch.delete(.target, key: target.row(of: rule).key)
        }
        for target in new.targets where !(old?.targets.contains(target) ?? false) {
            batch.put(target.row(of: rule))
        }
        state.withLock { $0[rule.bus]?.set(rule.name, new) }
    }

    /// Removes a rule with its targets.
    func remove(_ old: RuleState, _ batch: inout TriggerBatch) {
        let rule = old.rule
        for target in old.targets { batch.delete(.target, key: target.row(of: rule).key) }
        batch.delete(.rule, key: rule.row.key)
        state.withLock { $0[rule.bus]?.set(rule.name, nil) }
    }
}
