extension JSONReader {
    /// What the digits of a literal add up to.
    private struct Digits {
        /// The digits as an integer, meaningless beyond 19 of them.
        var mantissa: UInt64 = 0
        /// How many digits, without leading zeros.
        var significant = 0
        /// How many stand behind the point.
        var fraction = 0
        /// Whether there are digits behind the point that the shortest text would not have.
        var hasTrailingZero = false
    }

    /// Reads a number; the cursor is on its first character.
    mutating func readNumber() throws(JSONFailure) -> JSONNumber {
        let first = cursor
        let isNegative = cursor.pointee == JSONByte.minus
        if isNegative {
            cursor += 1
        }
        var digits = Digits()
        try readWholePart(&digits)
        if current == JSONByte.point {
            cursor += 1
            try readFraction(&digits)
        } else if current | 0x20 != UInt8(ascii: "e") {
            if let integer = Self.integer(digits, isNegative: isNegative) {
                return JSONNumber(integer)
            }
            return Self.number(text: first, count: cursor - first)
        }
        if current | 0x20 == UInt8(ascii: "e") {
            cursor += 1
            try readExponent()
        } else if let double = Self.double(digits, isNegative: isNegative) {
            return JSONNumber(storage: .double(double))
        }
        return Self.number(text: first, count: cursor - first)
    }

    @inline(__always)
    private mutating func readWholePart(_ digits: inout Digits) throws(JSONFailure) {
        let first = cursor
        readDigits(&digits)
        guard cursor > first else {
            throw failure(.unexpected(expected: "a digit"))
        }
        if first.pointee == JSONByte.zero, cursor - first > 1 {
            throw failure(.leadingZero, at: first)
        }
    }

    @inline(__always)
    private mutating func readFraction(_ digits: inout Digits) throws(JSONFailure) {
        let first = cursor
        readDigits(&digits)
        guard cursor > first else {
            throw failure(.unexpected(expected: "a digit"))
        }
        digits.fraction = cursor - first
        digits.hasTrailingZero = cursor[-1] == JSONByte.zero && digits.fraction > 1
    }

    private mutating func readExponent() throws(JSONFailure) {
        if current == JSONByte.plus || current == JSONByte.minus {
            cursor += 1
        }
        let first = cursor
        var exponent = Digits()
        readDigits(&exponent)
        guard cursor > first else {
            throw failure(.unexpected(expected: "a digit"))
        }
    }

    @inline(__always)
    private mutating func readDigits(_ digits: inout Digits) {
        while cursor < end, JSONByte.isDigit(cursor.pointee) {
            let digit = UInt64(cursor.pointee &- JSONByte.zero)
            digits.mantissa = digits.mantissa &* 10 &+ digit
            digits.significant &+= digits.significant > 0 || digit > 0 ? 1 : 0
            cursor += 1
        }
    }

    /// An integer literal as `Int64`, unless it is `-0` or out of range.
    @inline(__always)
    private static func integer(_ digits: Digits, isNegative: Bool) -> Int64? {
        guard digits.significant <= 19 else {
            return nil
        }
        if isNegative {
            guard digits.mantissa != 0, digits.mantissa <= Int64.min.magnitude else {
                return nil
            }
            return Int64(truncatingIfNeeded: 0 &- digits.mantissa)
        }
        return Int64(exactly: digits.mantissa)
    }

    /// A literal with a point and no exponent as a double, when that is sure to be exact and to
    /// print as it was written.
    ///
    /// Exact: the mantissa and the power of ten are both doubles, so their quotient is rounded
    /// once (Clinger). Prints the same: up to 15 digits survive the way to a double and back, so no
    /// other text of as few digits means this double.
    @inline(__always)
    private static func double(_ digits: Digits, isNegative: Bool) -> Double? {
        guard digits.significant <= 15, !digits.hasTrailingZero,
            digits.fraction < PowersOfTen.exact.count
        else {
            return nil
        }
        let magnitude = Double(digits.mantissa) / PowersOfTen.exact[digits.fraction]
        guard magnitude >= JSONNumber.leastPlainMagnitude else {
            return nil
        }
        return isNegative ? -magnitude : magnitude
    }

    /// Any literal, from its text.
    @inline(never)
    private static func number(text first: UnsafePointer<UInt8>, count: Int) -> JSONNumber {
        let bytes = UnsafeBufferPointer(start: first, count: count)
        return JSONNumber(validLiteral: String(decoding: bytes, as: UTF8.self))
    }
}
