import Foundation
import StepwellJSON

/// Text that a command was given: in a file, on standard input, or as the argument itself.
struct InputText {
    /// Where it came from, for messages.
    let name: String
    let bytes: [UInt8]

    /// Reads a file, or standard input for `-`.
    init(file path: String) throws {
        if path == "-" {
            name = "standard input"
            bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
            return
        }
        name = path
        do {
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let reason = (error as NSError).localizedDescription
            throw CommandFailure(.badInput, "\(path): cannot be read: \(reason)")
        }
    }

    /// Text that was made on the way.
    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads JSON text from what `--input` names: `-`, JSON itself, or a file.
    static func json(_ argument: String) throws -> InputText {
        let first = argument.utf8.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        let isFile = FileManager.default.fileExists(atPath: argument)
        let startsJSON = first.map { Array("{[\"-0123456789tfn".utf8).contains($0) } ?? false
        let text =
            argument == "-" || isFile || !startsJSON
            ? try InputText(file: argument)
            : InputText(name: "--input", bytes: Array(argument.utf8))
        _ = try text.value()
        return text
    }

    /// The JSON value; a problem is pointed at by file, line and column.
    func value() throws -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw CommandFailure(
                .badInput,
                "\(name):\(error.line):\(error.column): not JSON: \(error.reason)"
            )
        }
    }
}
