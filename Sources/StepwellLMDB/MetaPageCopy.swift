internal import CLMDB

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The meta page that a commit overwrites, as it was before.
///
/// When writing it fails LMDB puts the old commit's number back and leaves the roots of the new
/// trees: a page that neither leads to the commit it names nor to any that counts. With the copy
/// the file is again what it was.
struct MetaPageCopy {
    private let descriptor: Int32
    private let offset: Int
    private let bytes: [UInt8]

    private static let byteCount = 160

    /// Copies the page that the commit of a write transaction goes to; nil when it cannot be read.
    init?(before transaction: OpaquePointer, of environment: Environment) {
        var descriptor: Int32 = -1
        let found = unsafe mdb_env_get_fd(mdb_txn_env(transaction), &descriptor)
        guard found == MDB_SUCCESS else { return nil }
        self.descriptor = descriptor
        offset = unsafe (mdb_txn_id(transaction) & 1) * DataFile.pageSize
        bytes = Self.read(descriptor, at: offset)
        guard bytes.count == Self.byteCount else { return nil }
    }

    /// Writes the copy over what is there now, when that is something else, and waits for the disk.
    ///
    /// It may fail as the disk does; the caller finds out what the file then shows.
    func putBack() {
        guard Self.read(descriptor, at: offset) != bytes else { return }
        let written = unsafe bytes.withUnsafeBytes { bytes in
            unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
        }
        guard written == bytes.count else { return }
        #if canImport(Darwin)
        _ = fcntl(descriptor, F_FULLFSYNC)
        #else
        fdatasync(descriptor)
        #endif
    }

    private static func read(_ descriptor: Int32, at offset: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            count = unsafe max(0, pread(descriptor, buffer.baseAddress, byteCount, off_t(offset)))
        }
    }
}
