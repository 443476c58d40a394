/// Where a state machine or activity stands in its listing: the bytes of its name and, for names
/// that are equal under several regions or accounts, of its whole ARN.
///
/// The name is what follows an ARN's last colon.
package struct ListingKey: Sendable, Hashable, Comparable {
    private let bytes: [UInt8]

    package init(arn: String) {
        let arn = arn.utf8
        let start = arn.lastIndex(of: UInt8(ascii: ":")).map { arn.index(after: $0) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * arn.count + 1)
        bytes.append(contentsOf: arn[(start ?? arn.startIndex)...])
        // No name holds a null.
        bytes.append(0)
        bytes.append(contentsOf: arn)
        self.bytes = bytes
    }

    /// The order of the listing.
    package static func < (lhs: ListingKey, rhs: ListingKey) -> Bool {
        lhs.bytes.withUnsafeBufferPointer { left in
            rhs.bytes.withUnsafeBufferPointer { left.lexicographicallyPrecedes($0) }
        }
    }
}
