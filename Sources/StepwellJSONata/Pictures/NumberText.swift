/// Numbers as JavaScript writes and rounds them.
package enum NumberText {
    /// The text of a number as ECMAScript's `Number::toString` has it: the shortest digits that
    /// read back as the same double, with an exponent from 1e21 on and below 1e-6.
    package static func string(_ value: Double) -> String {
        guard value.isFinite else {
            return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
        }
        if let integer = Int64(exactly: value), abs(value) < 0x1p53 {
            return integer.description
        }
        let parts = ShortestDigits(value)
        return layout(parts.digits, point: parts.point, negative: value < 0)
    }

    /// The number that `$string` and `&` write: the nearest with 15 significant digits, as
    /// `Number(value.toPrecision(15))` is.
    package static func rounded(toPrecision value: Double) -> Double {
        guard value.isFinite, value.rounded(.towardZero) != value || abs(value) >= 1e15 else {
            return value
        }
        let shortest = ShortestDigits(value)
        guard shortest.digits.count > 15 else {
            return value
        }
        var exact = ExactDecimal(magnitudeOf: value)
        let places = 15 - exact.integerCount
        if places >= 0 {
            exact.round(toPlaces: places)
            return Double((value < 0 ? "-" : "") + exact.text(places: places)) ?? value
        }
        // Integers of more than 15 digits: the digits in front are rounded half up.
        var head = Array(exact.digits.prefix(15))
        let dropped = exact.integerCount - 15
        if exact.digits[15] >= 5 {
            var index = 14
            while index >= 0, head[index] == 9 {
                head[index] = 0
                index -= 1
            }
            if index >= 0 { head[index] += 1 } else { head.insert(1, at: 0) }
        }
        let text = String(decoding: head.map { $0 + 0x30 }, as: UTF8.self)
        return Double((value < 0 ? "-" : "") + text + "e\(dropped)") ?? value
    }

    /// The number rounded half to even at a decimal place, as `$round` does.
    ///
    /// `precision` counts the digits kept behind the point; negative rounds in front of it.
    package static func round(_ value: Double, precision: Int = 0) -> Double {
        guard value.isFinite else {
            return value
        }
        let bounded = max(-1_000, min(1_000, precision))
        let scaled = bounded == 0 ? value : shifted(value, by: bounded)
        guard scaled.isFinite else {
            return value
        }
        let even = scaled.rounded(.toNearestOrEven)
        let result = bounded == 0 ? even : shifted(even, by: -bounded)
        return result == 0 ? 0 : result
    }

    /// The value times a power of ten, by its decimal text so that no error of multiplication
    /// appears.
    private static func shifted(_ value: Double, by places: Int) -> Double {
        guard value != 0 else {
            return value
        }
        let parts = ShortestDigits(value)
        let digits = String(decoding: parts.digits, as: UTF8.self)
        let text = (value < 0 ? "-" : "") + digits + "e\(parts.point - parts.digits.count + places)"
        return Double(text) ?? value
    }

    /// Lays digits out; the point stands behind `point` of them.
    private static func layout(_ digits: [UInt8], point: Int, negative: Bool) -> String {
        var bytes: [UInt8] = negative ? [0x2D] : []
        let count = digits.count
        if count <= point, point <= 21 {
            bytes += digits
            bytes += [UInt8](repeating: 0x30, count: point - count)
        } else if point > 0, point <= 21 {
            bytes += digits[..<point]
            bytes.append(0x2E)
            bytes += digits[point...]
        } else if point > -6, point <= 0 {
            bytes += [0x30, 0x2E]
            bytes += [UInt8](repeating: 0x30, count: -point)
            bytes += digits
        } else {
            bytes.append(digits[0])
            if count > 1 {
                bytes.append(0x2E)
                bytes += digits[1...]
            }
            bytes.append(0x65)
            bytes.append(point > 0 ? 0x2B : 0x2D)
            bytes += Array(abs(point - 1).description.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
