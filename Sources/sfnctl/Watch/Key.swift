/// A key that a view is used with.
enum Key: Sendable, Equatable {
    case up
    case down
    case pageUp
    case pageDown
    case open
    case back
    case quit

    /// The keys in what a terminal sent at once: an escape sequence is not torn apart.
    static func keys(in bytes: [UInt8]) -> [Key] {
        var keys: [Key] = []
        var rest = bytes[...]
        while let first = rest.popFirst() {
            switch first {
            case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x04: keys.append(.quit)
            case UInt8(ascii: "k"): keys.append(.up)
            case UInt8(ascii: "j"): keys.append(.down)
            case 0x0A, 0x0D: keys.append(.open)
            case 0x08, 0x7F: keys.append(.back)
            case 0x1B: keys.append(contentsOf: escape(&rest))
            default: break
            }
        }
        return keys
    }

    /// What an escape sequence means; an escape alone goes back.
    private static func escape(_ rest: inout ArraySlice<UInt8>) -> [Key] {
        guard let next = rest.first, next == UInt8(ascii: "[") || next == UInt8(ascii: "O") else {
            return [.back]
        }
        rest = rest.dropFirst()
        var number: [UInt8] = []
        while let byte = rest.popFirst() {
            if (0x40...0x7E).contains(byte) {
                switch (byte, number) {
                case (UInt8(ascii: "A"), _): return [.up]
                case (UInt8(ascii: "B"), _): return [.down]
                case (UInt8(ascii: "C"), _): return [.open]
                case (UInt8(ascii: "D"), _): return [.back]
                case (UInt8(ascii: "~"), [UInt8(ascii: "5")]): return [.pageUp]
                case (UInt8(ascii: "~"), [UInt8(ascii: "6")]): return [.pageDown]
                default: return []
                }
            }
            number.append(byte)
        }
        return []
    }
}
