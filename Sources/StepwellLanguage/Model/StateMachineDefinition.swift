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
