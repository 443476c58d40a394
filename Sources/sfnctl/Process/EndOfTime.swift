import Foundation
import Glibc
import Synchronization

/// Ends the process when ending it in order takes too long: whatever a disk, a handler or a reader
/// of the log does, a server that was told to stop is gone in time.
///
/// Nothing that was acknowledged is lost by it.
final class EndOfTime: Sendable {
    private let hasBegun = Atomic(false)
    private let milliseconds: Int

    /// An end that comes as long after ``begin()``.
    init(milliseconds: Int = 9_700) {
        self.milliseconds = milliseconds
    }

    /// Lets the time run.
    func begin() {
        guard !hasBegun.exchange(true, ordering: .relaxed) else { return }
        let thread = Thread { [milliseconds] in
            usleep(UInt32(milliseconds) * 1000)
            Self.say("sfnctl: ending took too long; unfinished work continues at the next start\n")
            _exit(1)
        }
        thread.stackSize = 256 << 10
        thread.start()
    }

    /// Writes to standard error what it takes at once.
    private static func say(_ text: String) {
        var wanted = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&wanted, 1, 0) == 1 else { return }
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
