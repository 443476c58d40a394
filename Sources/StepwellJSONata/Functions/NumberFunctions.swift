/// Reading numbers.
enum NumberFunctions {
    /// What `$number` makes of a value.
    static func number(_ value: Value) throws(Fault) -> Value {
        switch value {
        case .undefined: return .undefined
        case .number, .literal: return value
        case .bool(let isTrue): return .number(isTrue ? 1 : 0)
        case .string(let text):
            if let number = parse(text), number.isFinite {
                return .number(number)
            }
        default: break
        }
        throw Fault("D3030", value: value.json())
    }

    /// A decimal, or an integer in hexadecimal, octal or binary digits.
    private static func parse(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), let radix = radix(bytes[1]) {
            return digits(bytes[2...], radix)
        }
        return isDecimal(bytes) ? Double(text) : nil
    }

    private static func radix(_ letter: UInt8) -> Double? {
        switch letter | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func digits(_ bytes: ArraySlice<UInt8>, _ radix: Double) -> Double? {
        var value = 0.0
        for byte in bytes {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            guard Double(digit) < radix else {
                return nil
            }
            value = value * radix + Double(digit)
        }
        return value
    }

    private static func isDecimal(_ bytes: [UInt8]) -> Bool {
        var place = bytes.first == UInt8(ascii: "-") ? 1 : 0
        guard skipDigits(bytes, &place) else {
            return false
        }
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            guard skipDigits(bytes, &place) else {
                return false
            }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[place]) {
                place += 1
            }
            guard skipDigits(bytes, &place) else {
                return false
            }
        }
        return place == bytes.count
    }

    private static func skipDigits(_ bytes: [UInt8], _ place: inout Int) -> Bool {
        let start = place
        while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 {
            place += 1
        }
        return place > start
    }
}
