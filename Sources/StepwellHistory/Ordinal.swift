/// The place of a record in its execution's log, from 1 without gaps; engine records count too.
@usableFromInline
package struct Ordinal: Sendable, Hashable, Comparable {
    @usableFromInline
    package let rawValue: UInt64

    @inlinable
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The order in the log.
    @inlinable
    package static func < (lhs: Ordinal, rhs: Ordinal) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    /// The ordinal `count` places later (earlier when negative).
    @inlinable
    package func advanced(by count: Int) -> Ordinal {
        Ordinal(rawValue &+ UInt64(truncatingIfNeeded: count))
    }

    /// Equality of the numbers.
    @inlinable
    package static func == (lhs: Ordinal, rhs: Ordinal) -> Bool {
        lhs.rawValue == rhs.rawValue
    }
}
