import Foundation
import Glibc

/// Where a command's output goes: a file without a name.
///
/// A pipe would stay open, and be waited for, as long as anything that the command started and left
/// behind holds it.
final class OutputFile: Sendable {
    /// For the command to write to.
    let descriptor: Int32

    /// - Throws: `CommandFailure` when the temporary folder takes no file.
    init() throws {
        var path = Array((NSTemporaryDirectory() + "/sfnctl-XXXXXX").utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(.failed, "no temporary file can be made: \(reason)")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
    }

    deinit {
        close(descriptor)
    }

    /// What was written so far.
    var contents: [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            // At an offset: the file's own place is shared with the command.
            let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
