import Glibc

/// Standard output and standard error.
enum Terminal {
    /// The colours sfnctl uses, on terminals only.
    enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
        case faint = "2"
    }

    /// Whether standard output is a terminal that wants colour (see no-color.org).
    static let isColoured = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

    /// The columns of standard output; 160 where it is no terminal.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 160
        }
        return Int(size.ws_col)
    }

    /// Writes a line to standard output.
    static func line(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// Writes a line to standard error, behind the program's name.
    static func error(_ text: String) {
        write("sfnctl: \(text)\n", to: STDERR_FILENO)
    }

    /// Writes a line to standard error as it is.
    static func note(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// The text in a colour, on a terminal.
    static func coloured(_ text: String, _ colour: Colour?) -> String {
        guard isColoured, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            sent += count
        }
    }
}
