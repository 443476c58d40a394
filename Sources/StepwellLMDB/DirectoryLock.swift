internal import Glibc

/// The ownership of a data directory: held by one process, given up when it ends however it ends.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; throws `locked`, naming the owner's process id, when another has it.
    package init(file path: String) throws(LMDBError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw LMDBError(result: errno, "open \(path)") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let problem = errno
            let owner = Self.owner(opened)
            close(opened)
            guard problem == EWOULDBLOCK else { throw LMDBError(result: problem, "lock \(path)") }
            let who = owner.isEmpty ? "another process" : "process \(owner)"
            throw LMDBError(.locked, "lock \(path)", "\(who) has this data directory open")
        }
        descriptor = opened
        let text = Array("\(getpid())\n".utf8)
        ftruncate(opened, 0)
        let written = unsafe text.withUnsafeBytes { bytes in
            unsafe pwrite(opened, bytes.baseAddress, bytes.count, 0)
        }
        guard written == text.count else {
            let problem = errno
            throw LMDBError(result: problem, "write \(path)")
        }
    }

    deinit {
        close(descriptor)
    }

    private static func owner(_ descriptor: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 20)
        let count = unsafe text.withUnsafeMutableBytes { bytes in
            unsafe pread(descriptor, bytes.baseAddress, bytes.count, 0)
        }
        let digits = text.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }
        return String(decoding: digits, as: UTF8.self)
    }
}
