/// The number of an execution within its shard, from 1 in order of start; 0 is the catalog stream.
///
/// The log is keyed by it; names and ARNs lead to it through derived indexes.
@usableFromInline
package struct ExecutionNumber: Sendable, Hashable, Comparable {
    @usableFromInline
    package let rawValue: UInt64

    @inlinable
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The reserved execution of shard 0 that holds the catalog's records.
    package static let catalog = ExecutionNumber(0)

    /// The order of creation.
    @inlinable
    package static func < (lhs: ExecutionNumber, rhs: ExecutionNumber) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    /// Equality of the numbers.
    @inlinable
    package static func == (lhs: ExecutionNumber, rhs: ExecutionNumber) -> Bool {
        lhs.rawValue == rhs.rawValue
    }
}
