/// A state machine, compiled: every path, template, rule and target is resolved, so that running
/// it neither parses nor looks up a name.
///
/// It is immutable and shared by all executions of one definition revision.
package final class StateMachineDefinition: Sendable {
    /// The top-level `Comment`.
    package let comment: String?
    /// The `Version` of the States language, `1.0` by default.
    package let version: String
    /// The top-level `TimeoutSeconds`; `nil` when the machine sets none.
    package let timeoutSeconds: Int64?
    /// The top-level `QueryLanguage`, JSONPath by default.
    package let queryLanguage: QueryLanguage
    /// Every state of every nesting level.
    package let states: [State]
    /// Every scope; the first is the root.
    package let scopes: [Scope]

    private let indexes: [String: StateIndex]
    /// What the children of the distributed Map states run.
    private let itemProcessors: [StateIndex: StateMachineDefinition]

    /// A machine of `states` and `scopes`, whose indexes refer to each other's places.
    package init(
        comment: String?,
        version: String,
        timeoutSeconds: Int64?,
        queryLanguage: QueryLanguage,
        states: [State],
        scopes: [Scope]
    ) {
        precondition(!scopes.isEmpty, "a state machine has a root scope")
        self.comment = comment
        self.version = version
        self.timeoutSeconds = timeoutSeconds
        self.queryLanguage = queryLanguage
        self.states = states
        self.scopes = scopes
        var indexes: [String: StateIndex] = [:]
        indexes.reserveCapacity(states.count)
        for (place, state) in states.enumerated() {
            indexes[state.name] = StateIndex(place)
        }
        self.indexes = indexes
        var processors: [StateIndex: StateMachineDefinition] = [:]
        for (place, state) in states.enumerated() {
            guard case .map(let fields) = state.kind, fields.mode == .distributed,
                fields.processor.value < scopes.count
            else { continue }
            processors[StateIndex(place)] = StateMachineDefinition(
                processor: fields.processor,
                version: version,
                queryLanguage: queryLanguage,
                states: states,
                scopes: scopes,
                indexes: indexes
            )
        }
        itemProcessors = processors
    }

    /// The item processor of a distributed Map state as a machine of its own: the same states, with
    /// the processor's scope as the root.
    private init(
        processor: ScopeIndex,
        version: String,
        queryLanguage: QueryLanguage,
        states: [State],
        scopes: [Scope],
        indexes: [String: StateIndex]
    ) {
        let scope = scopes[processor.value]
        comment = scope.comment
        self.version = version
        timeoutSeconds = nil
        self.queryLanguage = queryLanguage
        self.states = states
        var scopes = scopes
        scopes[0] = Scope(
            startAt: scope.startAt,
            states: scope.states,
            owner: nil,
            comment: scope.comment
        )
        self.scopes = scopes
        self.indexes = indexes
        itemProcessors = [:]
    }

    /// What the children of a distributed Map state run; nil when there is no such state.
    ///
    /// The processors of distributed Maps inside it are asked of this machine, too.
    package func itemProcessor(ofMapState name: String) -> StateMachineDefinition? {
        index(ofState: name).flatMap { itemProcessors[$0] }
    }

    /// The state at `index`.
    package subscript(index: StateIndex) -> State { states[index.value] }

    /// The scope at `index`.
    package subscript(index: ScopeIndex) -> Scope { scopes[index.value] }

    /// The state where an execution begins.
    package var startAt: StateIndex { self[.root].startAt }

    /// The state of that name (names are unique in the whole machine, compared by bytes).
    package func index(ofState name: String) -> StateIndex? {
        guard let found = indexes[name] else { return nil }
        if self[found].name.utf8.elementsEqual(name.utf8) { return found }
        // Equal for Unicode, different in bytes: the dictionary keeps one of them.
        return states.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }.map(StateIndex.init)
    }
}
