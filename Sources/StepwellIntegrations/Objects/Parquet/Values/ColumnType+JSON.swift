import StepwellHistory

/// Values as JSON text.
///
/// Numbers are as exact as they were, and what JSON has no number for is its name, as Java's JSON
/// libraries have it; timestamps are milliseconds since 1970.
extension ColumnType {
    func append(_ value: ParquetValue, to text: inout [UInt8]) throws(ParquetFault) {
        switch value {
        case .bool(let value): text.append(contentsOf: value ? "true".utf8 : "false".utf8)
        case .integer(let value): append(value, to: &text)
        case .float(let value):
            Self.append(value.isFinite, value.isNaN, value < 0, value.description, to: &text)
        case .double(let value):
            Self.append(value.isFinite, value.isNaN, value < 0, value.description, to: &text)
        case .bytes(let value): try append(value, to: &text)
        }
    }

    private static func append(
        _ isFinite: Bool,
        _ isNaN: Bool,
        _ isNegative: Bool,
        _ description: String,
        to text: inout [UInt8]
    ) {
        let shown = isNaN ? "\"NaN\"" : isNegative ? "\"-Infinity\"" : "\"Infinity\""
        text.append(contentsOf: isFinite ? description.utf8 : shown.utf8)
    }

    // MARK: What is stored as a whole number

    private func append(_ value: Int64, to text: inout [UInt8]) {
        switch meaning {
        case .plain, .text, .binary, .uuid, .float16, .timestamp96:
            text.append(contentsOf: value.description.utf8)
        case .unsigned(let bits):
            let value = UInt64(bitPattern: value)
            let cut = bits == 32 ? value & 0xFFFF_FFFF : value
            text.append(contentsOf: cut.description.utf8)
        case .decimal(let scale):
            let digits = Array(value.magnitude.description.utf8)
            Self.append(digits, isNegative: value < 0, scale: scale, to: &text)
        case .date:
            let day = Timestamp(milliseconds: value * 86_400_000).rfc3339.utf8
            text.append(UInt8(ascii: "\""))
            text.append(contentsOf: day.prefix { $0 != UInt8(ascii: "T") })
            text.append(UInt8(ascii: "\""))
        // What is no time of day is the number that it is.
        case .time(let unit) where (0..<86_400 * unit.perSecond).contains(value):
            Self.append(time: value, unit, to: &text)
        case .time: text.append(contentsOf: value.description.utf8)
        case .timestamp(let unit):
            let time = Self.floored(value, unit.perSecond / 1_000)
            text.append(contentsOf: time.description.utf8)
        }
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }

    /// Appends a time of day, with as many digits behind the second as its unit has.
    private static func append(
        time: Int64,
        _ unit: ColumnAnnotation.TimeUnit,
        to text: inout [UInt8]
    ) {
        func append(_ value: Int64, digits: Int) {
            let shown = value.description.utf8
            text.append(contentsOf: repeatElement(0x30, count: max(0, digits - shown.count)))
            text.append(contentsOf: shown)
        }
        let second = floored(time, unit.perSecond)
        text.append(UInt8(ascii: "\""))
        append(second / 3_600, digits: 2)
        text.append(UInt8(ascii: ":"))
        append(second / 60 % 60, digits: 2)
        text.append(UInt8(ascii: ":"))
        append(second % 60, digits: 2)
        let fraction = time &- second &* unit.perSecond
        if fraction > 0 {
            text.append(UInt8(ascii: "."))
            append(fraction, digits: unit.rawValue * 3)
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Appends digits as a number with so many of them behind the point.
    private static func append(
        _ digits: [UInt8],
        isNegative: Bool,
        scale: Int,
        to text: inout [UInt8]
    ) {
        if isNegative { text.append(UInt8(ascii: "-")) }
        let whole = digits.count - scale
        if whole <= 0 { text.append(0x30) } else { text.append(contentsOf: digits.prefix(whole)) }
        guard scale > 0 else { return }
        text.append(UInt8(ascii: "."))
        text.append(contentsOf: repeatElement(0x30, count: max(0, -whole)))
        text.append(contentsOf: digits.suffix(min(scale, digits.count)))
    }

    // MARK: What is stored as bytes

    private func append(
        _ value: ArraySlice<UInt8>,
        to text: inout [UInt8]
    ) throws(ParquetFault) {
        switch meaning {
        case .timestamp96: text.append(contentsOf: Self.milliseconds(Array(value)).description.utf8)
        case .decimal(let scale):
            guard !value.isEmpty, value.count <= 64 else {
                throw .malformed("\(name) has a decimal number of \(value.count) bytes")
            }
            let (digits, isNegative) = Self.digits(of: value)
            Self.append(digits, isNegative: isNegative, scale: scale, to: &text)
        case .float16:
            let number = Self.half(
                UInt16(value[value.startIndex]) | UInt16(value[value.endIndex - 1]) << 8
            )
            try append(.float(number), to: &text)
        case .uuid:
            text.append(UInt8(ascii: "\""))
            for (place, byte) in value.enumerated() {
                if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
                text.appendHexadecimal(byte)
            }
            text.append(UInt8(ascii: "\""))
        case .text:
            text.append(UInt8(ascii: "\""))
            text.appendInsideString(value)
            text.append(UInt8(ascii: "\""))
        case .plain, .unsigned, .binary, .date, .time, .timestamp:
            text.append(UInt8(ascii: "\""))
            text.append(contentsOf: Base64.encode(Array(value)).utf8)
            text.append(UInt8(ascii: "\""))
        }
    }

    /// Nanoseconds of the day, and the Julian day, as milliseconds since 1970.
    private static func milliseconds(_ bytes: [UInt8]) -> Int64 {
        let nanoseconds = Int64(bitPattern: UInt64(littleEndian: bytes, 0))
        let day = Int64(Int32(bitPattern: UInt32(littleEndian: bytes, 8)))
        return (day - 2_440_588) * 86_400_000 + floored(nanoseconds, 1_000_000)
    }

    /// The digits of a whole number in two's complement, its highest byte first.
    private static func digits(of bytes: ArraySlice<UInt8>) -> (digits: [UInt8], isNegative: Bool) {
        let isNegative = bytes.first.map { $0 >= 0x80 } ?? false
        var magnitude = Array(bytes)
        if isNegative {
            var carry = true
            for place in magnitude.indices.reversed() {
                magnitude[place] = ~magnitude[place]
                if carry { (magnitude[place], carry) = magnitude[place].addingReportingOverflow(1) }
            }
        }
        var reversed: [UInt8] = []
        while let first = magnitude.firstIndex(where: { $0 != 0 }) {
            magnitude.removeFirst(first)
            var rest = 0
            for place in magnitude.indices {
                rest = rest << 8 | Int(magnitude[place])
                magnitude[place] = UInt8(rest / 10)
                rest %= 10
            }
            reversed.append(0x30 + UInt8(rest))
        }
        return (reversed.isEmpty ? [0x30] : reversed.reversed(), isNegative)
    }

    /// A number of IEEE 754's half precision.
    private static func half(_ bits: UInt16) -> Float {
        let exponent = Int(bits >> 10 & 31)
        let fraction = Float(bits & 0x3FF)
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default:
            return sign * Float(sign: .plus, exponent: exponent - 25, significand: 1_024 + fraction)
        }
    }
}
