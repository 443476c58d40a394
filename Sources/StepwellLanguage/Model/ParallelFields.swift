/// The own fields of a Parallel state.
package struct ParallelFields: Sendable {
    /// `Branches`, in order.
    package let branches: [ScopeIndex]

    package init(branches: [ScopeIndex]) {
        self.branches = branches
    }
}
