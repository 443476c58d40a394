package import StepwellEngine

/// Where lines that follow from the log go, and how far they have come.
package protocol LineSink: Sendable {
    /// Where the lines go on; nil where nothing was written before.
    func begin(in store: StoreIdentity) throws(LineSinkError) -> StoreCursor?

    /// Keeps whole lines, all or none of them, and that what is before the cursor is in them.
    func write(_ lines: [UInt8], upTo cursor: StoreCursor) throws(LineSinkError)
}

/// Lines cannot be written: where, and why.
package struct LineSinkError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
