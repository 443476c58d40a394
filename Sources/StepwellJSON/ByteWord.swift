/// Eight bytes of UTF-8 looked at in one go.
///
/// A mask has the high bit of a byte set where the byte was found; only its lowest set bit is
/// exact (the subtraction borrows upwards), which is all that the first hit needs.
enum ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    static func load(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
    }

    /// The bytes that end or interrupt a run of plain string content: `"`, `\` and controls.
    @inline(__always)
    static func interruptions(in word: UInt64) -> UInt64 {
        let controls = word &- (ones &* 0x20)
        let quotes = (word ^ (ones &* 0x22)) &- ones
        let backslashes = (word ^ (ones &* 0x5C)) &- ones
        return (controls | quotes | backslashes) & ~word & highBits
    }

    /// The bytes that are not ASCII.
    @inline(__always)
    static func nonASCII(in word: UInt64) -> UInt64 {
        word & highBits
    }

    /// The place of the first byte of a mask that is not zero.
    @inline(__always)
    static func firstIndex(of mask: UInt64) -> Int {
        mask.trailingZeroBitCount &>> 3
    }
}
