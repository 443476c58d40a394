#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A writer's hold on a data file itself.
///
/// A lock file can be deleted under the process that holds it, and then locks nobody out; the file
/// with the data cannot be, without the data.
package final class DataFileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; throws `locked` when another process has it.
    package init(file path: String) throws(LMDBError) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw LMDBError(result: errno, "open \(path)") }
        var attempts = 20
        // A child that is just being started holds a copy of each descriptor for a moment.
        while flock(opened, LOCK_EX | LOCK_NB) != 0 {
            let problem = errno
            attempts -= 1
            guard problem != EWOULDBLOCK || attempts == 0 else {
                usleep(5_000)
                continue
            }
            close(opened)
            guard problem == EWOULDBLOCK else { throw LMDBError(result: problem, "lock \(path)") }
            throw LMDBError(
                .locked,
                "lock \(path)",
                "another process writes to it, although the data directory's LOCK names none; "
                    + "was that deleted?"
            )
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
