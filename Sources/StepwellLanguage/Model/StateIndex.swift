/// The place of a state in `StateMachineDefinition.states`; the same for the same definition text.
@usableFromInline
package struct StateIndex: Sendable, Hashable, Comparable {
    /// The place, from 0.
    @usableFromInline
    package let value: Int

    /// The state at `value`.
    @inlinable
    package init(_ value: Int) {
        self.value = value
    }

    /// The order in the table.
    @inlinable
    package static func < (lhs: StateIndex, rhs: StateIndex) -> Bool {
        lhs.value < rhs.value
    }
}
