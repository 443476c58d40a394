import Foundation
import Glibc
import Synchronization

/// The terminal as a picture that is drawn again and again, and the keys that are pressed.
///
/// It is given back as it was, whatever ends the process in order.
final class Screen: Sendable {
    /// Lines and columns.
    struct Size: Equatable {
        var lines: Int
        var columns: Int
    }

    private struct State {
        var pressed: [Key] = []
        var isEnded = false
    }

    private let settings: termios
    private let state = Mutex(State())

    /// Takes the terminal over.
    ///
    /// - Throws: `CommandFailure` when standard input or output is no terminal.
    init() throws {
        var settings = termios()
        guard Terminal.Stream.output.isTerminal, tcgetattr(STDIN_FILENO, &settings) == 0 else {
            throw CommandFailure(.usage, "standard input and output must be a terminal")
        }
        self.settings = settings
        var raw = settings
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        Self.write(Control.enter)
        Signals.handle { [self] number in
            leave()
            Signals.die(of: number)
        }
        let reader = Thread { [weak self] in Self.read(for: { self }) }
        reader.stackSize = 256 << 10
        reader.start()
    }

    /// What terminals take: another page without a cursor, and back.
    private enum Control {
        static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J"
        static let leave = "\u{1B}[?25h\u{1B}[?1049l"
        static let home = "\u{1B}[H"
        static let endOfLine = "\u{1B}[K"
        static let endOfPage = "\u{1B}[J"
    }

    /// Gives the terminal back.
    func leave() {
        let isFirst = state.withLock { state in
            defer { state.isEnded = true }
            return !state.isEnded
        }
        guard isFirst else { return }
        var settings = settings
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        Self.write(Control.leave)
    }

    /// The size of the terminal as it is now.
    var size: Size {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0
        else { return Size(lines: 24, columns: 80) }
        return Size(lines: Int(size.ws_row), columns: Int(size.ws_col))
    }

    /// The keys pressed since this was last asked.
    func takeKeys() -> [Key] {
        state.withLock { state in
            defer { state.pressed = [] }
            return state.pressed
        }
    }

    /// Draws a page: the lines from the top on, in one write.
    func draw(_ lines: [StyledLine], in size: Size) {
        var page = Control.home
        for (index, line) in lines.prefix(size.lines).enumerated() {
            if index > 0 { page += "\r\n" }
            page += line.text(width: size.columns) + Control.endOfLine
        }
        Self.write(page + Control.endOfPage)
    }

    private static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads keys until the screen is given back, or the terminal goes away.
    private static func read(for screen: () -> Screen?) {
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard let screen = screen() else { return }
            let keys = count > 0 ? Key.keys(in: Array(buffer[..<count])) : [.quit]
            let goesOn = screen.state.withLock { state in
                state.pressed += keys
                return !state.isEnded
            }
            guard count > 0, goesOn else { return }
        }
    }
}
