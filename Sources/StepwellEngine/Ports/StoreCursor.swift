import StepwellHistory

/// A position behind a committed batch, in a form that is the store's own; later ones are larger.
package struct StoreCursor: Sendable, Hashable, Comparable {
    /// What the store knows it by; of one store, all have the same length.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A cursor that is a number, as the stores of this package and the cursors written down
    /// before they were opaque are.
    package init(number: UInt64) {
        var writer = ByteWriter(capacity: 8)
        writer.writeFixed(number)
        bytes = writer.bytes
    }

    /// The number, when the cursor is one.
    package var number: UInt64? {
        var reader = ByteReader(bytes)
        guard let number = try? reader.readFixed64(), reader.isAtEnd else { return nil }
        return number
    }

    /// The order in the log.
    package static func < (lhs: StoreCursor, rhs: StoreCursor) -> Bool {
        lhs.bytes.lexicographicallyPrecedes(rhs.bytes)
    }
}
