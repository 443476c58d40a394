/// One `States` object: the machine's own, a branch's or an item processor's.
package struct GraphScope: Sendable {
    /// The place of the Parallel or Map state in `GraphModel.states`; nil for the machine's own.
    package let owner: Int?
    /// The places of its states, in the order they are written.
    package internal(set) var states: [Int] = []
    /// The state that `StartAt` names.
    package internal(set) var start: Int?
    /// What leads from state to state, at most one for a kind of two states.
    package internal(set) var transitions: [GraphTransition] = []
}
