import Foundation
import StepwellHistory
import StepwellJSON

/// One JSON document holds recorded executions: every definition once, by its SHA-256, and of each
/// execution its number and the turns of its log, in Base64. What the executions worked with is in
/// it in the clear: look at what you commit.
extension RecordedExecutions {
    private static let version: Int64 = 1

    /// Reads executions that ``write(to:)`` wrote.
    ///
    /// - Throws: ``RecordingError`` when the file cannot be read or is none of these.
    public init(file path: String) throws {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw RecordingError("\(path): the file cannot be read")
        }
        do {
            try self.init(try JSONParser.parse(Array(content)))
        } catch {
            throw RecordingError("\(path): \(error)")
        }
    }

    /// Writes the executions to a file, in the place of one that is there.
    ///
    /// - Throws: ``RecordingError`` when it cannot be written.
    public func write(to path: String) throws {
        let text = JSONWriter.write(document)
        do {
            try Data(text).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw RecordingError("\(path): the file cannot be written: \(error)")
        }
    }

    private init(_ document: JSONValue) throws {
        guard case .object(let members) = document,
            case .number(let version)? = members["stepwellExecutions"],
            version.integer == Self.version,
            case .object(let definitions)? = members["definitions"],
            case .array(let items)? = members["executions"]
        else { throw RecordingError("these are no executions recorded by this version") }
        self.init(
            try items.map { item in
                guard case .object(let execution) = item,
                    case .number(let number)? = execution["number"],
                    let number = number.integer.flatMap(UInt64.init(exactly:)),
                    case .array(let turns)? = execution["turns"]
                else { throw RecordingError("an execution is incomplete") }
                return try RecordedExecution(
                    number: ExecutionNumber(number),
                    turns: try turns.map(Self.bytes),
                    definition: { digest in
                        guard case .string(let text)? = definitions[digest.hexadecimal] else {
                            return nil
                        }
                        return text
                    }
                )
            }
        )
    }

    private static func bytes(_ turn: JSONValue) throws -> [UInt8] {
        guard case .string(let text) = turn, let bytes = Data(base64Encoded: text) else {
            throw RecordingError("a turn is not in Base64")
        }
        return Array(bytes)
    }

    private var document: JSONValue {
        var definitions = JSONObject()
        for execution in executions {
            definitions[execution.start.definition.hexadecimal] = .string(execution.definition)
        }
        let items = executions.map { execution in
            JSONValue.object(
                JSONObject([
                    ("arn", .string(execution.start.executionARN)),
                    ("number", .number(JSONNumber(Int64(execution.number.rawValue)))),
                    (
                        "turns",
                        .array(execution.turns.map { .string(Data($0).base64EncodedString()) })
                    ),
                ])
            )
        }
        return .object(
            JSONObject([
                ("stepwellExecutions", .number(JSONNumber(Self.version))),
                ("definitions", .object(definitions)),
                ("executions", .array(items)),
            ])
        )
    }
}
