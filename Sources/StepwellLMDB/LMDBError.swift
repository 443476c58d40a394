internal import CLMDB

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Why a call of LMDB, or of the file below it, failed.
package struct LMDBError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: Sendable, Hashable {
        /// The memory map is full: the environment was opened with too small a map.
        case mapFull
        /// The disk or the quota of the file system is full.
        case noSpace
        /// Reading or writing the file failed.
        case io
        /// The file is no LMDB file, or its pages contradict each other.
        case damaged
        /// The file was written by an LMDB with another file format.
        case versionMismatch
        /// More readers than the environment has slots for.
        case readersFull
        /// Another owner holds the lock.
        case locked
        /// An earlier failure left it unknown what is durable; the environment has to be reopened.
        case panicked
        /// The environment is being opened again, or is still read when it is to be.
        case busy
        /// `append` was asked for a key that is not behind the last one.
        case keyExists
        /// The file or directory may not be read or written.
        case denied
        /// Anything else; the number is LMDB's or the system's.
        case other(Int32)
    }

    package let code: Code
    /// The call that failed, and on what.
    package let operation: String
    /// What LMDB or the system says of it.
    package let reason: String

    package init(_ code: Code, _ operation: String, _ reason: String) {
        self.code = code
        self.operation = operation
        self.reason = reason
    }

    /// The error behind a result of LMDB, which is its own code or an `errno`.
    package init(result: Int32, _ operation: String) {
        let text = unsafe mdb_strerror(result).map { unsafe String(cString: $0) }
        self.init(Self.code(of: result), operation, text ?? "error \(result)")
    }

    package var description: String { "\(operation): \(reason)" }

    private static func code(of result: Int32) -> Code {
        switch result {
        case MDB_MAP_FULL: .mapFull
        case ENOSPC, EDQUOT, EFBIG: .noSpace
        case EIO: .io
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID: .damaged
        case MDB_VERSION_MISMATCH: .versionMismatch
        case MDB_READERS_FULL: .readersFull
        case EAGAIN, EBUSY: .locked
        case MDB_PANIC: .panicked
        case MDB_KEYEXIST: .keyExists
        case EACCES, EPERM, EROFS: .denied
        default: .other(result)
        }
    }
}

/// Throws when LMDB did not succeed.
func check(_ result: Int32, _ operation: @autoclosure () -> String) throws(LMDBError) {
    guard result == MDB_SUCCESS else { throw LMDBError(result: result, operation()) }
}
