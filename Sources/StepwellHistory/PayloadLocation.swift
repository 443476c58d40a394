/// Where in an execution's log the bytes of a payload are stored: the record that first held them,
/// and which of that record's payload fields.
///
/// Field 0 is a record's main payload, 1 and up are the variables that it assigns, in order.
@usableFromInline
package struct PayloadLocation: Sendable, Hashable, Comparable {
    @usableFromInline
    package let ordinal: Ordinal
    @usableFromInline
    package let field: UInt8

    @inlinable
    package init(ordinal: Ordinal, field: UInt8 = 0) {
        self.ordinal = ordinal
        self.field = field
    }

    /// The order in the log.
    @inlinable
    package static func < (lhs: PayloadLocation, rhs: PayloadLocation) -> Bool {
        lhs.ordinal == rhs.ordinal ? lhs.field < rhs.field : lhs.ordinal < rhs.ordinal
    }

    /// The field that all variables from the 255th on share: it tells nothing apart, so payloads
    /// there are always written out and have no location.
    package static let lastField = UInt8.max

    /// Whether the location stands for one payload only.
    package var isReferable: Bool { field != Self.lastField }
}
