import StepwellJSON
import StepwellLanguage

/// Writes bodies of the protocol rpc-v2-cbor (RFC 8949).
struct CBORWriter {
    private(set) var bytes: [UInt8] = []

    /// Appends a value.
    mutating func write(_ value: WireValue) {
        switch value {
        case .structure(let members):
            head(5, UInt64(members.count))
            for (member, value) in members {
                text(member.wireName)
                write(value)
            }
        case .list(_, let values):
            head(4, UInt64(values.count))
            for value in values { write(value) }
        case .map(_, _, let entries):
            head(5, UInt64(entries.count))
            for entry in entries {
                text(entry.key)
                write(entry.value)
            }
        case .string(let string): text(string)
        case .bool(let flag): bytes.append(flag ? 0xF5 : 0xF4)
        case .number(let number, let isSingle): write(number, isSingle: isSingle)
        case .blob(let blob):
            head(2, UInt64(blob.count))
            bytes.append(contentsOf: blob)
        case .timestamp(let time):
            head(6, 1)
            if time.nanoseconds == 0 {
                write(integer: time.seconds)
            } else {
                write(double: Double(time.seconds) + Double(time.nanoseconds) / 1e9)
            }
        case .document(let document): text(JSONWriter.string(document))
        }
    }

    private mutating func write(_ number: JSONNumber, isSingle: Bool) {
        if isSingle {
            bytes.append(0xFA)
            append(UInt64(Float(number.double).bitPattern), count: 4)
        } else if let integer = number.integer {
            write(integer: integer)
        } else {
            write(double: number.double)
        }
    }

    private mutating func write(integer: Int64) {
        integer < 0 ? head(1, UInt64(-(integer + 1))) : head(0, UInt64(integer))
    }

    private mutating func write(double: Double) {
        bytes.append(0xFB)
        append(double.bitPattern, count: 8)
    }

    private mutating func text(_ text: String) {
        head(3, UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func head(_ kind: UInt8, _ value: UInt64) {
        let (info, count): (UInt8, Int) =
            switch value {
            case ..<24: (UInt8(value), 0)
            case ..<256: (24, 1)
            case ..<65_536: (25, 2)
            case ..<4_294_967_296: (26, 4)
            default: (27, 8)
            }
        bytes.append(kind << 5 | info)
        append(value, count: count)
    }

    private mutating func append(_ value: UInt64, count: Int) {
        for place in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place)))
        }
    }
}
