/// Where in an execution's log the bytes of a payload are stored: the record that first held them,
/// and which of that record's payload fields.
package struct PayloadLocation: Sendable, Hashable {
    package let ordinal: Ordinal
    package let field: UInt8

    package init(ordinal: Ordinal, field: UInt8 = 0) {
        self.ordinal = ordinal
        self.field = field
    }
}
