/// The place of a scope in `StateMachineDefinition.scopes`; the same for the same definition text.
package struct ScopeIndex: Sendable, Hashable, Comparable {
    /// The scope of the top-level `States`.
    package static let root = ScopeIndex(0)

    /// The place, from 0.
    package let value: Int

    /// The scope at `value`.
    package init(_ value: Int) {
        self.value = value
    }

    /// The order in the table.
    package static func < (lhs: ScopeIndex, rhs: ScopeIndex) -> Bool {
        lhs.value < rhs.value
    }
}
