#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The ownership of a data directory: held by one process, given up when it ends however it ends.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32
    private let identity: OpenFiles.Identity

    /// Takes the lock; throws `locked`, naming the owner's process id, when another has it.
    package init(file path: String) throws(LMDBError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw LMDBError(result: errno, "open \(path)") }
        guard let identity = OpenFiles.identity(of: path), OpenFiles.shared.claim(identity) else {
            close(opened)
            throw LMDBError(
                .locked,
                "lock \(path)",
                "process \(getpid()), which is this one, has this data directory open"
            )
        }
        guard let problem = Self.take(opened) else {
            descriptor = opened
            self.identity = identity
            try writeOwner(path)
            return
        }
        OpenFiles.shared.release(identity)
        let owner = Self.owner(opened)
        close(opened)
        guard problem == EWOULDBLOCK else { throw LMDBError(result: problem, "lock \(path)") }
        let who = owner.isEmpty ? "another process" : "process \(owner)"
        throw LMDBError(.locked, "lock \(path)", "\(who) has this data directory open")
    }

    /// Locks the file; gives the system's error when that fails.
    ///
    /// A child that this process is just starting holds a copy of each descriptor until it runs its
    /// program, hence for a moment also of a lock that was given up: when the file still names this
    /// process, waiting helps.
    private static func take(_ descriptor: Int32) -> Int32? {
        for _ in 0..<200 {
            guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return nil }
            let problem = errno
            guard problem == EWOULDBLOCK, owner(descriptor) == "\(getpid())" else {
                return problem
            }
            usleep(5_000)
        }
        return EWOULDBLOCK
    }

    private func writeOwner(_ path: String) throws(LMDBError) {
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        let written = unsafe text.withUnsafeBytes { bytes in
            unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
        }
        guard written == text.count else {
            throw LMDBError(result: errno, "write \(path)")
        }
    }

    deinit {
        close(descriptor)
        OpenFiles.shared.release(identity)
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
