/// One thread of control in an execution: the root, a branch of a Parallel state or an iteration
/// of a Map state.
///
/// Numbers are given in order of creation and never used again.
package struct BranchID: Sendable, Hashable, Comparable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The execution's own thread of control.
    package static let root = BranchID(0)

    /// The order of creation.
    package static func < (lhs: BranchID, rhs: BranchID) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
