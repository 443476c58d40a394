package import StepwellJSON

/// Values as Java prints them: what AWS shows when it makes text of a value (`States.Format`,
/// Jayway's messages).
package enum JavaText {
    /// The text of `String.valueOf`: `{a=1, b=[x, null]}`; strings stand without quotes.
    ///
    /// Nesting deeper than `PathLimits.depth` is cut off with `…`.
    package static func text(of value: JSONValue) -> String {
        var text = ""
        append(value, to: &text, depth: 0)
        return text
    }

    private static func append(_ value: JSONValue, to text: inout String, depth: Int) {
        guard depth < PathLimits.depth else {
            text += "…"
            return
        }
        switch value {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let number): text += self.text(of: number)
        case .string(let string): text += string
        case .array(let items):
            text += "["
            for (position, item) in items.enumerated() {
                text += position == 0 ? "" : ", "
                append(item, to: &text, depth: depth + 1)
            }
            text += "]"
        case .object(let object):
            text += "{"
            for (position, member) in object.enumerated() {
                text += (position == 0 ? "" : ", ") + member.key + "="
                append(member.value, to: &text, depth: depth + 1)
            }
            text += "}"
        }
    }

    /// The text of `Long.toString`, `BigInteger.toString` or `Double.toString`.
    package static func text(of number: JSONNumber) -> String {
        switch number.storage {
        case .integer(let value): return String(value)
        case .double(let value): return text(of: value)
        case .literal(let text, let value):
            let isInteger = !text.utf8.contains { [0x2E, 0x45, 0x65].contains($0) }
            return isInteger || !value.isFinite ? text : self.text(of: value)
        }
    }

    /// `Double.toString`: plain between 10^-3 and 10^7, else with one digit before the point.
    private static func text(of value: Double) -> String {
        if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
        let sign = value < 0 ? "-" : ""
        let (digits, exponent) = decimal(value.magnitude)
        let count = digits.utf8.count
        if exponent >= 7 || exponent < -3 {
            let rest = count > 1 ? String(digits.dropFirst()) : "0"
            return "\(sign)\(digits.prefix(1)).\(rest)E\(exponent)"
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let padded = digits + String(repeating: "0", count: max(0, exponent + 2 - count))
        return "\(sign)\(padded.prefix(exponent + 1)).\(padded.dropFirst(exponent + 1))"
    }

    /// The shortest digits of a positive value and the power of ten of the first one.
    private static func decimal(_ value: Double) -> (digits: String, exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var point: Int?
        let bytes = Array(value.description.utf8)
        for (position, byte) in bytes.enumerated() {
            if byte == 0x65 {
                exponent = Int(String(decoding: bytes[(position + 1)...], as: UTF8.self)) ?? 0
                break
            } else if byte == 0x2E {
                point = digits.count
            } else {
                digits.append(byte)
            }
        }
        let leading = digits.prefix { $0 == 0x30 }.count
        let first = (point ?? digits.count) - leading - 1 + exponent
        let significant = digits.dropFirst(leading)
        let trailing = significant.reversed().prefix { $0 == 0x30 }.count
        return (String(decoding: significant.dropLast(trailing), as: UTF8.self), first)
    }

    /// The Java class that Jackson reads a value into.
    static func className(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "java.lang.Boolean"
        case .string: "java.lang.String"
        case .array: "java.util.ArrayList"
        case .object: "java.util.LinkedHashMap"
        case .number(let number): className(of: number)
        }
    }

    private static func className(of number: JSONNumber) -> String {
        switch number.storage {
        case .integer(let value):
            return Int32(exactly: value) == nil ? "java.lang.Long" : "java.lang.Integer"
        case .double: return "java.lang.Double"
        case .literal(let text, _):
            let isInteger = !text.utf8.contains { [0x2E, 0x45, 0x65].contains($0) }
            return isInteger ? "java.math.BigInteger" : "java.lang.Double"
        }
    }
}
