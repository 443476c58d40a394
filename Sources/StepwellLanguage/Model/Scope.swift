/// One `States` object with its `StartAt`: the machine itself, a branch of a Parallel state or the
/// item processor of a Map state.
///
/// A transition never leaves its scope.
package struct Scope: Sendable {
    /// Where the scope begins.
    package let startAt: StateIndex
    /// The states of this scope (not of the scopes inside it) in the order they were written.
    package let states: [StateIndex]
    /// The Parallel or Map state that the scope belongs to; `nil` for the root.
    package let owner: StateIndex?
    /// The place among the branches of a Parallel state, from 0; 0 otherwise.
    package let branch: Int
    /// The `Comment` of the branch or item processor.
    package let comment: String?

    package init(
        startAt: StateIndex,
        states: [StateIndex],
        owner: StateIndex?,
        branch: Int = 0,
        comment: String? = nil
    ) {
        self.startAt = startAt
        self.states = states
        self.owner = owner
        self.branch = branch
        self.comment = comment
    }
}
