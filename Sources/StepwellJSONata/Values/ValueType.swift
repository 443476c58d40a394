/// The types of values as signatures tell them apart; a set of them is a parameter's.
struct ValueType: OptionSet {
    let rawValue: UInt16

    static let string = ValueType(rawValue: 1)
    static let number = ValueType(rawValue: 2)
    static let bool = ValueType(rawValue: 4)
    static let null = ValueType(rawValue: 8)
    static let array = ValueType(rawValue: 16)
    static let object = ValueType(rawValue: 32)
    static let function = ValueType(rawValue: 64)
    static let missing = ValueType(rawValue: 128)

    static let json: ValueType = [.array, .string, .number, .bool, .object, .null]

    /// The type of a letter of a signature.
    init?(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "s"): self = .string
        case UInt8(ascii: "n"): self = .number
        case UInt8(ascii: "b"): self = .bool
        case UInt8(ascii: "l"): self = .null
        case UInt8(ascii: "a"): self = .array
        case UInt8(ascii: "o"): self = .object
        case UInt8(ascii: "f"): self = .function
        case UInt8(ascii: "j"): self = .json
        case UInt8(ascii: "x"): self = Self.json.union(.function)
        default: return nil
        }
    }

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }
}
