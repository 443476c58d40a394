/// How the values of a column are stored, and what they stand for.
struct ColumnType: Sendable {
    /// What a value is shown as.
    enum Meaning: Sendable, Equatable {
        /// A truth value or a number, as it is stored.
        case plain
        /// A number without a sign, of so many bits.
        case unsigned(bits: Int)
        case text
        /// Bytes that are no text: Base64.
        case binary
        case decimal(scale: Int)
        case date
        case time(ColumnAnnotation.TimeUnit)
        case timestamp(ColumnAnnotation.TimeUnit)
        /// The timestamp that Hive, Impala and Spark have written.
        case timestamp96
        case uuid
        case float16
    }

    /// The most digits behind the point, and bytes of a decimal number.
    private static let decimalLimit = 64
    /// The most bytes of a value of fixed length.
    private static let lengthLimit = 1 << 20

    /// As faults say it.
    let name: String
    let physical: PhysicalType
    /// The bytes of a value of fixed length.
    let length: Int
    let meaning: Meaning

    init(_ element: SchemaElement) throws(ParquetFault) {
        name = element.shownName
        guard let physical = element.physical else { throw .malformed("\(name) has no type") }
        self.physical = physical
        length = element.length
        if physical == .fixedByteArray, !(1...Self.lengthLimit).contains(length) {
            throw .malformed("\(name) has values of \(length) bytes")
        }
        if element.annotation == .interval { throw .unsupported("\(name) has intervals") }
        guard let meaning = Self.meaning(physical, element.annotation, length) else {
            throw .malformed("\(name) has an annotation that its type cannot have")
        }
        if case .decimal(let scale) = meaning, scale > Self.decimalLimit {
            throw .unsupported("\(name) has more than \(Self.decimalLimit) digits after the point")
        }
        self.meaning = meaning
    }

    /// What values mean; nil for an annotation that does not go with how they are stored.
    private static func meaning(
        _ physical: PhysicalType,
        _ annotation: ColumnAnnotation?,
        _ length: Int
    ) -> Meaning? {
        switch (physical, annotation) {
        case (.int96, _): .timestamp96
        case (.byteArray, nil), (.byteArray, .other), (.fixedByteArray, nil),
            (.fixedByteArray, .other):
            .binary
        case (_, nil), (_, .other), (_, .null): .plain
        case (.int32, .integer(let isSigned)): isSigned ? .plain : .unsigned(bits: 32)
        case (.int64, .integer(let isSigned)): isSigned ? .plain : .unsigned(bits: 64)
        case (.int32, .decimal(let scale)), (.int64, .decimal(let scale)),
            (.byteArray, .decimal(let scale)), (.fixedByteArray, .decimal(let scale)):
            .decimal(scale: scale)
        case (.int32, .date): .date
        case (.int32, .time(let unit)), (.int64, .time(let unit)): .time(unit)
        case (.int64, .timestamp(let unit)): .timestamp(unit)
        case (.byteArray, .text), (.fixedByteArray, .text): .text
        case (.fixedByteArray, .uuid): length == 16 ? .uuid : nil
        case (.fixedByteArray, .float16): length == 2 ? .float16 : nil
        default: nil
        }
    }
}

/// A value as it is stored.
enum ParquetValue: Sendable, Equatable {
    case bool(Bool)
    case integer(Int64)
    case float(Float)
    case double(Double)
    case bytes(ArraySlice<UInt8>)
}
