/// Reads CBOR documents as rpc-v2-cbor uses them: maps have texts for keys.
struct CBORReader {
    /// What is no CBOR, or more of it than is read.
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var place = 0

    private static let deepest = 100

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value that a document is.
    static func read(_ bytes: [UInt8]) throws(Fault) -> CBORValue {
        var reader = CBORReader(bytes)
        let value = try reader.value(depth: 0)
        guard reader.place == bytes.count else { throw Fault() }
        return value
    }

    private mutating func value(depth: Int) throws(Fault) -> CBORValue {
        guard depth < Self.deepest else { throw Fault() }
        let first = try byte()
        let (kind, info) = (first >> 5, first & 31)
        if kind == 7 { return try simple(info) }
        let length = info == 31 ? nil : try argument(info)
        switch kind {
        case 0:
            guard let length, length <= UInt64(Int64.max) else { throw Fault() }
            return .integer(Int64(length))
        case 1:
            guard let length, length <= UInt64(Int64.max) else { throw Fault() }
            return .integer(-1 - Int64(length))
        case 2: return .bytes(try string(kind, length))
        case 3: return .text(String(decoding: try string(kind, length), as: UTF8.self))
        case 4:
            var values: [CBORValue] = []
            while try !isEnd(length, values.count) { values.append(try value(depth: depth + 1)) }
            return .array(values)
        case 5:
            var entries: [(key: String, value: CBORValue)] = []
            while try !isEnd(length, entries.count) {
                guard case .text(let key) = try value(depth: depth + 1) else { throw Fault() }
                entries.append((key, try value(depth: depth + 1)))
            }
            return .map(entries)
        default:
            guard let length else { throw Fault() }
            return .tagged(length, try value(depth: depth + 1))
        }
    }

    private mutating func simple(_ info: UInt8) throws(Fault) -> CBORValue {
        switch info {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22, 23: return .null
        case 25: return .double(Self.half(UInt16(try number(2))))
        case 26: return .double(Double(Float(bitPattern: UInt32(try number(4)))))
        case 27: return .double(Double(bitPattern: try number(8)))
        default: throw Fault()
        }
    }

    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits >> 15 == 1 ? -1 : 1
        let exponent = Int(bits >> 10 & 31)
        let fraction = Double(bits & 1023)
        if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
        let mantissa = exponent == 0 ? fraction / 1024 : 1 + fraction / 1024
        let power = exponent == 0 ? -14 : exponent - 15
        return Double(sign: sign < 0 ? .minus : .plus, exponent: power, significand: mantissa)
    }

    /// Whether an array or map is read; one without a length ends with a break.
    private mutating func isEnd(_ length: UInt64?, _ count: Int) throws(Fault) -> Bool {
        if let length { return UInt64(count) >= length }
        guard place < bytes.count else { throw Fault() }
        guard bytes[place] == 0xFF else { return false }
        place += 1
        return true
    }

    private mutating func string(_ kind: UInt8, _ length: UInt64?) throws(Fault) -> [UInt8] {
        if let length {
            guard length <= UInt64(bytes.count - place) else { throw Fault() }
            defer { place += Int(length) }
            return Array(bytes[place..<place + Int(length)])
        }
        var parts: [UInt8] = []
        while true {
            let first = try byte()
            if first == 0xFF { return parts }
            guard first >> 5 == kind, first & 31 != 31 else { throw Fault() }
            parts.append(contentsOf: try string(kind, try argument(first & 31)))
        }
    }

    private mutating func argument(_ info: UInt8) throws(Fault) -> UInt64 {
        switch info {
        case ..<24: return UInt64(info)
        case 24: return try number(1)
        case 25: return try number(2)
        case 26: return try number(4)
        case 27: return try number(8)
        default: throw Fault()
        }
    }

    private mutating func number(_ count: Int) throws(Fault) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
        return value
    }

    private mutating func byte() throws(Fault) -> UInt8 {
        guard place < bytes.count else { throw Fault() }
        defer { place += 1 }
        return bytes[place]
    }
}
