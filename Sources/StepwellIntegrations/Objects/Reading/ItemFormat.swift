import StepwellEngine
import StepwellJSON

/// The form of the objects whose items are read (`ReaderConfig`).
enum ItemFormat: Sendable, Equatable {
    /// One JSON text; the pointer leads to the array or object with the items.
    case json(JSONPointer?)
    /// A JSON value a line.
    case jsonLines
    /// Delimited values; the columns, or nil when the first row names them.
    case csv(delimiter: UInt8, headers: [String]?)
    /// Rows of a Parquet file.
    case parquet

    /// The form that a reader's configuration names; JSON when it names none.
    init(_ configuration: JSONObject) throws(MapRunDataFault) {
        let type = configuration["InputType"]?.stringValue ?? "JSON"
        switch type {
        case "JSON": self = .json(try Self.pointer(configuration["ItemsPointer"]))
        case "JSONL": self = .jsonLines
        case "CSV":
            let isGiven = configuration["CSVHeaderLocation"]?.stringValue == "GIVEN"
            let headers = configuration["CSVHeaders"]?.arrayValue?.compactMap(\.stringValue)
            self = .csv(
                delimiter: try Self.delimiter(configuration["CSVDelimiter"]),
                headers: isGiven ? headers ?? [] : nil
            )
        case "PARQUET": self = .parquet
        default:
            throw MapRunDataFault("The InputType '\(type)' is not one that objects can have.")
        }
    }

    private static func pointer(_ field: JSONValue?) throws(MapRunDataFault) -> JSONPointer? {
        guard let field else { return nil }
        guard let pointer = field.stringValue.flatMap({ JSONPointer($0) }) else {
            throw MapRunDataFault("The ItemsPointer \(JSONWriter.string(field)) is none.")
        }
        return pointer
    }

    private static func delimiter(_ field: JSONValue?) throws(MapRunDataFault) -> UInt8 {
        switch field?.stringValue ?? "COMMA" {
        case "COMMA": return UInt8(ascii: ",")
        case "PIPE": return UInt8(ascii: "|")
        case "SEMICOLON": return UInt8(ascii: ";")
        case "SPACE": return UInt8(ascii: " ")
        case "TAB": return UInt8(ascii: "\t")
        case let other: throw MapRunDataFault("The CSVDelimiter '\(other)' is not known.")
        }
    }

    /// The items of an object of this form, from its beginning or where it was left.
    func items(
        of name: ObjectName,
        in store: any ObjectStore,
        from current: ItemCursor.Current?
    ) -> any ObjectItems {
        switch self {
        case .json(let pointer):
            TextItems(name, in: store, from: current) { JSONScanner(pointer: pointer, from: $0) }
        case .jsonLines:
            TextItems(name, in: store, from: current) { JSONLinesScanner(from: $0) }
        case .csv(let delimiter, let headers):
            TextItems(name, in: store, from: current) {
                CSVScanner(delimiter: delimiter, headers: headers, from: $0)
            }
        case .parquet: ParquetItems(name, in: store, from: current)
        }
    }
}
