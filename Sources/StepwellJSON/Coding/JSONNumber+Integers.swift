extension JSONNumber {
    /// An integer of any width.
    init(exactly value: some BinaryInteger) {
        if let integer = Int64(exactly: value) {
            self.init(integer)
        } else {
            self.init(validLiteral: String(value))
        }
    }

    /// The number as an integer type, when it is integral and in range.
    func exact<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        if let integer {
            return Integer(exactly: integer)
        }
        return JSONDecimal(text).integer(type)
    }
}
