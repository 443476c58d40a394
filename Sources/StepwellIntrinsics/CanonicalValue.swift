import StepwellJSON

/// Bytes that are the same for two values exactly when the values are equal.
enum CanonicalValue {
    /// The bytes of a value that is known to be no deeper than `PathLimits.depth`.
    static func bytes(of value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(0)
        case .bool(let flag): bytes.append(flag ? 2 : 1)
        case .number(let number): append(number, to: &bytes)
        case .string(let text):
            bytes.append(6)
            append(text, to: &bytes)
        case .array(let items):
            bytes.append(7)
            append(items.count, to: &bytes)
            for item in items {
                append(item, to: &bytes)
            }
        case .object(let object):
            bytes.append(8)
            append(object.count, to: &bytes)
            let members = object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for member in members {
                append(member.key, to: &bytes)
                append(member.value, to: &bytes)
            }
        }
    }

    private static func append(_ number: JSONNumber, to bytes: inout [UInt8]) {
        if let integer = number.integer {
            bytes.append(3)
            append(UInt64(bitPattern: integer), to: &bytes)
        } else if case .literal(let text, let value) = number.storage, !value.isFinite {
            bytes.append(5)
            append(text, to: &bytes)
        } else {
            bytes.append(4)
            append(number.double.bitPattern, to: &bytes)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(text.utf8.count, to: &bytes)
        bytes += text.utf8
    }

    private static func append(_ count: Int, to bytes: inout [UInt8]) {
        append(UInt64(count), to: &bytes)
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
    }
}
