/// Keys whose order as bytes is the order of their parts: integers are big-endian, signed ones
/// with their sign flipped, descending ones inverted.
package struct KeyEncoding: Sendable {
    /// The key.
    package private(set) var bytes: [UInt8]

    /// A key that begins with the tag of its key space.
    package init(tag: UInt8) {
        bytes = [tag]
        bytes.reserveCapacity(40)
    }

    /// A key without a tag.
    package init() {
        bytes = []
        bytes.reserveCapacity(40)
    }

    /// Appends one byte.
    package mutating func append(_ value: UInt8) {
        bytes.append(value)
    }

    /// Appends an integer, small ones first.
    package mutating func append(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    /// Appends a signed integer, small ones first.
    package mutating func append(_ value: Int64) {
        append(UInt64(bitPattern: value) ^ 1 << 63)
    }

    /// Appends an integer, large ones first.
    package mutating func append(descending value: UInt64) {
        append(~value)
    }

    /// Appends a signed integer, large ones first.
    package mutating func append(descending value: Int64) {
        append(~(UInt64(bitPattern: value) ^ 1 << 63))
    }

    /// Appends bytes of a fixed width as they are.
    package mutating func append(fixed value: some Sequence<UInt8>) {
        bytes.append(contentsOf: value)
    }

    /// The unsigned integer at an offset of a key; nil when the key is too short.
    package static func unsigned(in key: [UInt8], at offset: Int) -> UInt64? {
        guard offset >= 0, offset <= key.count - 8 else { return nil }
        return key[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
