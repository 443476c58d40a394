/// Reads the tables that Tools/mock-shapes/generate.py writes; their grammar is told there.
struct MockShapeReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { place >= bytes.count }

    /// Passes over a character when it is next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// Everything up to the next character that parts things.
    mutating func name() -> String {
        text(until: Array("=;{}:!,[]()<>|#".utf8))
    }

    private mutating func text(until stops: [UInt8]) -> String {
        let start = place
        while place < bytes.count, !stops.contains(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// The fields of a structure: `{Field:T,Field!:T}`.
    mutating func fields() -> [MockShapes.Field] {
        var fields: [MockShapes.Field] = []
        guard take("{") else {
            // No table has such an entry; it is left out.
            place += 1
            return fields
        }
        while !isAtEnd, !take("}") {
            let name = name()
            let isRequired = take("!")
            _ = take(":")
            fields.append(MockShapes.Field(name: name, isRequired: isRequired, type: type()))
            _ = take(",")
        }
        return fields
    }

    private mutating func type() -> MockShapes.FieldType {
        if take("S") { return .string }
        if take("B") { return .boolean }
        if take("#") { return .structure(name()) }
        if take("N") { return number() }
        if take("<") { return enumeration() }
        if take("[") {
            let element = type()
            _ = take("]")
            return .list(element)
        }
        if take("(") {
            let value = type()
            _ = take(")")
            return .map(value)
        }
        place += 1
        return .anything
    }

    private mutating func number() -> MockShapes.FieldType {
        guard take("[") else { return .number(low: nil, high: nil) }
        let bounds = text(until: [UInt8(ascii: "]")])
        _ = take("]")
        let parts = bounds.split(separator: "..", omittingEmptySubsequences: false)
        return .number(
            low: parts.first.flatMap { Double($0) },
            high: parts.last.flatMap { Double($0) }
        )
    }

    private mutating func enumeration() -> MockShapes.FieldType {
        let values = text(until: [UInt8(ascii: ">")])
        _ = take(">")
        return .enumeration(values.split(separator: "|").map(String.init))
    }
}
