import Glibc
import Synchronization

/// Standard output and standard error.
enum Terminal {
    /// The colours sfnctl uses, on terminals only.
    enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
        case blue = "34"
        case faint = "2"
    }

    /// One of the two streams that are written to.
    enum Stream: Sendable {
        case output
        case error

        fileprivate var descriptor: Int32 {
            switch self {
            case .output: STDOUT_FILENO
            case .error: STDERR_FILENO
            }
        }

        /// Whether the stream is a terminal.
        var isTerminal: Bool { isatty(descriptor) == 1 }

        /// Whether the stream is a terminal that wants colour (see no-color.org).
        fileprivate var isColoured: Bool {
            isTerminal && getenv("NO_COLOR") == nil
        }
    }

    /// Why standard output did not take what was written to it; 0 while it does.
    private static let outputError = Mutex<Int32>(0)

    /// The columns of a terminal; nil for what is none, where nothing is cut.
    static func width(of stream: Stream) -> Int? {
        var size = winsize()
        guard ioctl(stream.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Writes a line to standard output.
    static func line(_ text: String) {
        line(text, to: .output)
    }

    /// Writes a line to a stream.
    static func line(_ text: String, to stream: Stream) {
        let code = write(text + "\n", to: stream.descriptor)
        if code != 0, stream == .output { outputError.withLock { $0 = code } }
    }

    /// Writes text that has its line ends to standard output.
    static func text(_ text: String) {
        bytes(Array(text.utf8))
    }

    /// Writes bytes to standard output.
    static func bytes(_ bytes: [UInt8]) {
        let code = write(bytes, to: STDOUT_FILENO)
        if code != 0 { outputError.withLock { $0 = code } }
    }

    /// Throws when something written to standard output is lost.
    static func checkOutput() throws {
        let code = outputError.withLock { $0 }
        guard code == 0 else {
            let reason = String(cString: strerror(code))
            throw CommandFailure(.failed, "standard output cannot be written: \(reason)")
        }
    }

    /// Writes a line to standard error, behind the program's name.
    static func error(_ text: String) {
        _ = write("sfnctl: \(text)\n", to: STDERR_FILENO)
    }

    /// Writes a line to standard error as it is.
    static func note(_ text: String) {
        _ = write(text + "\n", to: STDERR_FILENO)
    }

    /// Writes the line that the cursor of standard error is in anew; for a terminal.
    static func status(_ text: String) {
        _ = write("\r\u{1B}[K" + text, to: STDERR_FILENO)
    }

    /// The text in a colour, for a terminal.
    static func coloured(_ text: String, _ colour: Colour?, on stream: Stream) -> String {
        guard stream.isColoured, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    /// The text with its control characters written out, so that it cannot steer a terminal.
    ///
    /// - Parameters:
    ///   - text: anything, such as what a task said.
    ///   - keepingLines: whether line feeds and tabs stay.
    /// - Returns: the text for people to see; escapes as JSON has them.
    static func plain(_ text: String, keepingLines: Bool = false) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where !keepingLines: plain.append(contentsOf: "\\n".unicodeScalars)
            case 0x09 where !keepingLines: plain.append(contentsOf: "\\t".unicodeScalars)
            case 0x00...0x08, 0x0B...0x1F, 0x7F...0x9F:
                let digits = String(scalar.value, radix: 16)
                let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
                plain.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    /// Writes all of a text; 0, or the error that kept it from being written.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            sent += count
        }
        return 0
    }
}
