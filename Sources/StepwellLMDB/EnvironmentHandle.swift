internal import CLMDB

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// An open LMDB environment.
// Safe: LMDB allows the calls made through it (transactions, information, sync, reader check) from
// any thread; `Environment` closes it when no call is under way.
@safe
struct EnvironmentHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Opens the environment in a directory.
    init(path: String, options: EnvironmentOptions) throws(LMDBError) {
        let pointer = unsafe try Self.create(options)
        do throws(LMDBError) {
            let result = unsafe mdb_env_open(pointer, path, options.flags, Self.fileMode)
            try check(result, "open \(Self.refused(result, path))")
        } catch {
            unsafe mdb_env_close(pointer)
            throw error
        }
        unsafe self.pointer = unsafe pointer
    }

    /// The owner alone reads and writes what is made.
    private static let fileMode: mdb_mode_t = 0o600

    /// The file that opening an environment failed at: LMDB says the error, not the file.
    private static func refused(_ result: Int32, _ path: String) -> String {
        let lock = "\(path)/lock.mdb"
        let isDenied = result == EACCES || result == EPERM
        let isThere = unsafe access(lock, F_OK) == 0
        let isOpen = unsafe access(lock, R_OK | W_OK) == 0
        return isDenied && isThere && !isOpen ? lock : Environment.dataFile(in: path)
    }

    private static func create(_ options: EnvironmentOptions) throws(LMDBError) -> OpaquePointer {
        var created: OpaquePointer?
        try check(unsafe mdb_env_create(&created), "create an environment")
        guard let handle = unsafe created else {
            throw LMDBError(.other(ENOMEM), "create an environment", "no environment")
        }
        do throws(LMDBError) {
            try check(unsafe mdb_env_set_mapsize(handle, options.mapSize), "set the map size")
            try check(unsafe mdb_env_set_maxreaders(handle, options.maxReaders), "set the readers")
            try check(unsafe mdb_env_set_maxdbs(handle, options.maxTables), "set the tables")
        } catch {
            unsafe mdb_env_close(handle)
            throw error
        }
        return unsafe handle
    }

    /// Begins a transaction.
    func begin(
        _ flags: Int32,
        _ what: @autoclosure () -> String
    ) throws(LMDBError) -> OpaquePointer {
        var begun: OpaquePointer?
        try check(unsafe mdb_txn_begin(pointer, nil, UInt32(flags), &begun), what())
        guard let transaction = unsafe begun else {
            throw LMDBError(.other(ENOMEM), what(), "no transaction")
        }
        return unsafe transaction
    }

    /// Closes it; no call may be under way or follow.
    func close() {
        unsafe mdb_env_close(pointer)
    }
}

extension EnvironmentOptions {
    fileprivate var flags: UInt32 {
        var flags = UInt32(MDB_NOTLS) | UInt32(MDB_NORDAHEAD)
        if durability == .relaxed { flags |= UInt32(MDB_NOSYNC) }
        if isReadOnly { flags |= UInt32(MDB_RDONLY) }
        return flags
    }
}
