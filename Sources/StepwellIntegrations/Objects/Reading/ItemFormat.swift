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
        case "PARQUET":
            throw MapRunDataFault("Objects of the InputType PARQUET are not supported.")
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

    /// What takes an object of this form apart, from a place on.
    func scanner(from place: ScanPlace) -> any ItemScanner {
        switch self {
        case .json(let pointer): JSONScanner(pointer: pointer, from: place)
        case .jsonLines: JSONLinesScanner(from: place)
        case .csv(let delimiter, let headers):
            CSVScanner(delimiter: delimiter, headers: headers, from: place)
        }
    }
}
