import Glibc
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
            bytes = try Self.contents(of: STDIN_FILENO, name: name)
            return
        }
        name = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        defer { close(descriptor) }
        bytes = try Self.contents(of: descriptor, name: path)
    }

    /// Everything up to the end; pipes and devices too.
    private static func contents(of descriptor: Int32, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(name, errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func unreadable(_ name: String, _ code: Int32) -> CommandFailure {
        CommandFailure(.badInput, "\(name): cannot be read: \(String(cString: strerror(code)))")
    }

    /// Text that was made on the way.
    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads JSON text from what `--input` names: `-`, JSON itself, or a file.
    static func json(_ argument: String) throws -> InputText {
        guard !argument.isEmpty else {
            throw CommandFailure(.badInput, "--input is empty; give a file, - or JSON")
        }
        let given = InputText(name: "--input", bytes: Array(argument.utf8))
        let isFile = argument == "-" || access(argument, F_OK) == 0
        let text = isFile || !given.looksLikeJSON ? try InputText(file: argument) : given
        _ = try text.value()
        return text
    }

    /// Whether it is meant to be JSON: it is, or it begins as what no file is likely to be called.
    private var looksLikeJSON: Bool {
        if (try? JSONParser.parse(bytes)) != nil { return true }
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return first.map { Array("{[\"-".utf8).contains($0) } ?? false
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
