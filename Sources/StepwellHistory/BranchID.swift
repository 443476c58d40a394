/// One thread of control in an execution: the root, a branch of a Parallel state or an iteration
/// of a Map state.
///
/// Numbers are given in order of creation and never used again.
@usableFromInline
package struct BranchID: Sendable, Hashable, Comparable {
    @usableFromInline
    package let rawValue: UInt32

    @inlinable
    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The execution's own thread of control.
    @inlinable
    package static var root: BranchID { BranchID(0) }

    /// The order of creation.
    @inlinable
    package static func < (lhs: BranchID, rhs: BranchID) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    /// Equality of the numbers.
    @inlinable
    package static func == (lhs: BranchID, rhs: BranchID) -> Bool {
        lhs.rawValue == rhs.rawValue
    }
}
