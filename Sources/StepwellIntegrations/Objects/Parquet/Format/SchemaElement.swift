/// An element of a file's schema as it is written: a column, or a group of the elements behind it.
struct SchemaElement: Sendable {
    /// How often it is there in what it is part of.
    enum Repetition: Int {
        case required = 0
        case optional = 1
        case repeated = 2
    }

    var name: [UInt8] = []
    /// Nil for a group.
    var physical: PhysicalType?
    /// The bytes of a value of fixed length.
    var length = 0
    var repetition = Repetition.required
    var children = 0
    var annotation: ColumnAnnotation?

    /// The name as a fault says it.
    var shownName: String { "the column '\(String(decoding: name, as: UTF8.self))'" }
}

extension SchemaElement {
    init(_ reader: inout CompactReader) throws(ParquetFault) {
        var last = 0
        var converted: Int64?
        var (scale, isPhysicalKnown) = (0, true)
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1:
                physical = PhysicalType(rawValue: Int(try reader.integer(field)))
                isPhysicalKnown = physical != nil
            case 2: length = try reader.count(field)
            case 3:
                let code = Int(try reader.integer(field))
                guard let found = Repetition(rawValue: code) else {
                    throw .malformed("a column has the repetition \(code)")
                }
                repetition = found
            case 4: name = try reader.binary(field)
            case 5: children = try reader.count(field)
            case 6: converted = try reader.integer(field)
            case 7: scale = try reader.count(field)
            case 10:
                try reader.enter(field)
                // The newer form of the same counts.
                if let found = try ColumnAnnotation(logical: &reader) { annotation = found }
            default: try reader.skip(field)
            }
        }
        guard isPhysicalKnown else { throw .malformed("\(shownName) has a type that there is not") }
        if annotation == nil, let converted {
            annotation = ColumnAnnotation(converted: Int(converted), scale: scale)
        }
    }
}

/// How values are stored.
enum PhysicalType: Int, Sendable {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    case int96 = 3
    case float = 4
    case double = 5
    case byteArray = 6
    case fixedByteArray = 7
}
