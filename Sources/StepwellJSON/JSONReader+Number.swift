extension JSONReader {
    /// A number: an `Int64` when the literal is an integer in range, else its exact text with the
    /// nearest double.
    mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var magnitude: UInt64 = 0
        var overflows = false
        let digits = position
        while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
            let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(UInt64(digit))
            overflows = overflows || first || second
            magnitude = sum
            position += 1
        }
        guard position > digits else { throw unexpected("expected a digit") }
        if bytes[digits] == 0x30, position - digits > 1 {
            position = digits + 1
            throw unexpected("a number may not have leading zeros")
        }
        let isInteger = try !skipFractionAndExponent()
        if isInteger, !overflows, let value = Self.integer(magnitude, isNegative: isNegative) {
            return JSONNumber(value)
        }
        let text = String(
            decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        let double = Double(text) ?? (isNegative ? -.infinity : .infinity)
        return JSONNumber(storage: .literal(text, double))
    }

    /// The signed value; `-0` is no integer, since an integer would lose the sign.
    private static func integer(_ magnitude: UInt64, isNegative: Bool) -> Int64? {
        guard isNegative else { return Int64(exactly: magnitude) }
        guard magnitude > 0, magnitude <= 1 << 63 else { return nil }
        return Int64(truncatingIfNeeded: 0 &- magnitude)
    }

    private mutating func skipFractionAndExponent() throws(JSONSyntaxError) -> Bool {
        var found = false
        if current == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
            found = true
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
            found = true
        }
        return found
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
        guard position > start else { throw unexpected("expected a digit") }
    }
}
