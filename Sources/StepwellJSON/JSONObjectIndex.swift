/// Finds members by key: open addressing over the keys' hashes, at most half full.
///
/// A slot is 0 when free, else the hash in the upper and the member's position plus one in the
/// lower 32 bits. The hash has no seed, so that nothing depends on the process.
package struct JSONObjectIndex: Sendable {
    /// What has more members than this has an index; for fewer a linear search is faster.
    package static let threshold = 16

    private var slots: ContiguousArray<UInt64>
    private var count = 0

    /// An index with room for some members.
    package init(minimumCapacity: Int) {
        var size = 64
        while size < minimumCapacity * 2 {
            size *= 2
        }
        slots = ContiguousArray(repeating: 0, count: size)
    }

    init(hashes: UnsafeBufferPointer<UInt32>) {
        self.init(minimumCapacity: hashes.count)
        for (position, hash) in hashes.enumerated() {
            insert(hash, at: position)
        }
    }

    /// Adds a member; its key must not be there.
    package mutating func insert(_ hash: UInt32, at position: Int) {
        if (count + 1) * 2 > slots.count {
            grow()
        }
        place(UInt64(hash) << 32 | UInt64(truncatingIfNeeded: position + 1))
        count += 1
    }

    /// The position of the member with that hash which `isMatch` confirms.
    package func position(hash: UInt32, where isMatch: (Int) -> Bool) -> Int? {
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0 {
            let slot = slots[place]
            let position = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1
            if UInt32(truncatingIfNeeded: slot >> 32) == hash, isMatch(position) {
                return position
            }
            place = (place &+ 1) & mask
        }
        return nil
    }

    private mutating func place(_ slot: UInt64) {
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: slot >> 32) & mask
        while slots[place] != 0 {
            place = (place &+ 1) & mask
        }
        slots[place] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = ContiguousArray(repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 {
            place(slot)
        }
    }

    /// The hash of a key's UTF-8 bytes, eight at a time.
    @inline(__always)
    package static func hash(_ key: String) -> UInt32 {
        let bytes = key.utf8Span.span
        return bytes.withUnsafeBytes { hash($0) }
    }

    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var state = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = mix(state, UInt64(littleEndian: word))
            offset &+= 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset &+= 1
        }
        return UInt32(truncatingIfNeeded: mix(state, rest))
    }

    @inline(__always)
    private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word ^ 0x2D35_8DCC_AA6C_78A5)
            .multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
