/// What the values of a column, or a group, stand for (Parquet's `LogicalTypes.md`).
enum ColumnAnnotation: Sendable, Equatable {
    case text
    case map
    case list
    case decimal(scale: Int)
    case date
    case time(TimeUnit)
    case timestamp(TimeUnit)
    case integer(isSigned: Bool)
    case null
    case uuid
    case float16
    case interval
    /// One that says nothing about how a value is shown.
    case other

    enum TimeUnit: Int, Sendable {
        case milliseconds = 1
        case microseconds = 2
        case nanoseconds = 3

        /// How many are a second.
        var perSecond: Int64 {
            switch self {
            case .milliseconds: 1_000
            case .microseconds: 1_000_000
            case .nanoseconds: 1_000_000_000
            }
        }
    }

    /// Reads a `LogicalType`; nil when it says nothing.
    init?(logical reader: inout CompactReader) throws(ParquetFault) {
        var last = 0
        var found: ColumnAnnotation?
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1, 4, 12: found = .text
            case 2: found = .map
            case 3: found = .list
            case 6: found = .date
            case 11: found = .null
            case 14: found = .uuid
            case 15: found = .float16
            case 5:
                found = .decimal(scale: try Self.member(1, of: field, &reader))
                continue
            case 7, 8:
                let unit = try Self.unit(of: field, &reader)
                found = field.id == 7 ? .time(unit) : .timestamp(unit)
                continue
            case 10:
                found = .integer(isSigned: try Self.isSigned(field, &reader))
                continue
            default: found = .other
            }
            try reader.skip(field)
        }
        guard let found else { return nil }
        self = found
    }

    /// The older form of the same, `ConvertedType`.
    init?(converted code: Int, scale: Int) {
        switch code {
        case 0, 4, 19: self = .text
        case 1, 2: self = .map
        case 3: self = .list
        case 5: self = .decimal(scale: scale)
        case 6: self = .date
        case 7: self = .time(.milliseconds)
        case 8: self = .time(.microseconds)
        case 9: self = .timestamp(.milliseconds)
        case 10: self = .timestamp(.microseconds)
        case 11...14: self = .integer(isSigned: false)
        case 15...18: self = .integer(isSigned: true)
        case 20: self = .other
        case 21: self = .interval
        default: return nil
        }
    }

    /// A number that is a member of a structure; 0 when it is not there.
    private static func member(
        _ id: Int,
        of field: CompactReader.Field,
        _ reader: inout CompactReader
    ) throws(ParquetFault) -> Int {
        try reader.enter(field)
        var (last, value) = (0, 0)
        while let member = try reader.field(after: &last) {
            if member.id == id { value = try reader.count(member) } else { try reader.skip(member) }
        }
        return value
    }

    private static func unit(
        of field: CompactReader.Field,
        _ reader: inout CompactReader
    ) throws(ParquetFault) -> TimeUnit {
        try reader.enter(field)
        var last = 0
        var unit: TimeUnit?
        while let member = try reader.field(after: &last) {
            guard member.id == 2 else {
                try reader.skip(member)
                continue
            }
            try reader.enter(member)
            var inner = 0
            while let choice = try reader.field(after: &inner) {
                unit = TimeUnit(rawValue: choice.id)
                try reader.skip(choice)
            }
        }
        guard let unit else { throw .malformed("a time has no unit") }
        return unit
    }

    private static func isSigned(
        _ field: CompactReader.Field,
        _ reader: inout CompactReader
    ) throws(ParquetFault) -> Bool {
        try reader.enter(field)
        var (last, isSigned) = (0, true)
        while let member = try reader.field(after: &last) {
            if member.id == 2 {
                isSigned = try reader.bool(member)
            } else {
                try reader.skip(member)
            }
        }
        return isSigned
    }
}
