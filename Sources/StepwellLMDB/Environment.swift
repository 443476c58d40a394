internal import CLMDB
internal import Glibc

/// An open LMDB environment: one directory with a data file and its lock file.
///
/// Many threads may read at once; one write transaction is open at a time, and it stays on the
/// thread that began it.
// Safe: the pointer is set once, and LMDB allows every call made through it (transactions,
// information, sync, reader check) from any thread; closing happens in deinit, when no
// transaction, each of which retains the environment, is left.
@safe
package final class Environment: @unchecked Sendable {
    let handle: OpaquePointer
    private let identity: OpenFiles.Identity
    /// The directory.
    package let path: String
    package let options: EnvironmentOptions

    /// The data file of an environment's directory.
    package static func dataFile(in path: String) -> String { "\(path)/data.mdb" }

    /// Opens the environment in an existing directory; a new one is created unless it is read-only.
    ///
    /// An existing file is first checked by reading it without LMDB, which trusts what it maps: a
    /// truncated file or page links that lead astray are refused as `damaged`.
    package init(path: String, options: EnvironmentOptions = .init()) throws(LMDBError) {
        let file = Self.dataFile(in: path)
        if let length = try DataFile.length(of: file), length > 0 || options.isReadOnly {
            _ = try DataFile(path: file).check()
        }
        let handle = unsafe try Self.create(options)
        do throws(LMDBError) {
            var flags = UInt32(MDB_NOTLS) | UInt32(MDB_NORDAHEAD)
            if options.durability == .relaxed { flags |= UInt32(MDB_NOSYNC) }
            if options.isReadOnly { flags |= UInt32(MDB_RDONLY) }
            if let known = OpenFiles.identity(of: file), !OpenFiles.shared.claim(known) {
                throw LMDBError(.locked, "open \(file)", "this process has it open already")
            } else if let known = OpenFiles.identity(of: file) {
                OpenFiles.shared.release(known)
            }
            try StepwellLMDB.check(
                unsafe mdb_env_open(handle, path, flags, 0o644),
                "open \(file)"
            )
            guard let identity = OpenFiles.identity(of: file), OpenFiles.shared.claim(identity)
            else { throw LMDBError(.locked, "open \(file)", "this process has it open already") }
            self.identity = identity
        } catch {
            unsafe mdb_env_close(handle)
            throw error
        }
        unsafe self.handle = handle
        self.path = path
        self.options = options
    }

    private static func create(_ options: EnvironmentOptions) throws(LMDBError) -> OpaquePointer {
        var created: OpaquePointer?
        try StepwellLMDB.check(unsafe mdb_env_create(&created), "create an environment")
        guard let handle = unsafe created else {
            throw LMDBError(.other(ENOMEM), "create an environment", "no environment")
        }
        do throws(LMDBError) {
            try StepwellLMDB.check(
                unsafe mdb_env_set_mapsize(handle, options.mapSize),
                "set the map size"
            )
            try StepwellLMDB.check(
                unsafe mdb_env_set_maxreaders(handle, options.maxReaders),
                "set the readers"
            )
            try StepwellLMDB.check(
                unsafe mdb_env_set_maxdbs(handle, options.maxTables),
                "set the tables"
            )
        } catch {
            unsafe mdb_env_close(handle)
            throw error
        }
        return unsafe handle
    }

    deinit {
        unsafe mdb_env_close(handle)
        OpenFiles.shared.release(identity)
    }

    /// Begins a read transaction: a fixed view of the newest commit.
    ///
    /// Keep it short: the space of what it sees is not reused.
    package func beginRead() throws(LMDBError) -> ReadTransaction {
        var begun: OpaquePointer?
        try StepwellLMDB.check(
            unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &begun),
            "begin a read transaction"
        )
        guard let transaction = unsafe begun else {
            throw LMDBError(.other(ENOMEM), "begin a read transaction", "no transaction")
        }
        return unsafe ReadTransaction(environment: self, handle: transaction)
    }

    /// Begins the write transaction, waiting for the one before.
    ///
    /// It must be finished on the thread that began it.
    package func beginWrite() throws(LMDBError) -> WriteTransaction {
        var begun: OpaquePointer?
        try StepwellLMDB.check(
            unsafe mdb_txn_begin(handle, nil, 0, &begun),
            "begin a write transaction"
        )
        guard let transaction = unsafe begun else {
            throw LMDBError(.other(ENOMEM), "begin a write transaction", "no transaction")
        }
        return unsafe WriteTransaction(environment: self, handle: transaction)
    }

    /// Reads in a transaction that ends with the closure.
    package func read<Result>(
        _ body: (borrowing ReadTransaction) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let transaction = try beginRead()
        return try body(transaction)
    }

    /// Writes in a transaction that is committed when the closure returns and aborted when it
    /// throws.
    package func write<Result>(
        _ body: (inout WriteTransaction) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        var transaction = try beginWrite()
        let result = try body(&transaction)
        try transaction.commit()
        return result
    }

    /// Opens a named table, or the unnamed one, and creates it when asked to.
    package func table(_ name: String?, create: Bool) throws(LMDBError) -> Table {
        var opened: MDB_dbi = 0
        let what = "open table \(name ?? "main")"
        if create {
            let transaction = try beginWrite()
            try StepwellLMDB.check(
                unsafe mdb_dbi_open(transaction.handle, name, UInt32(MDB_CREATE), &opened),
                what
            )
            try transaction.commit()
        } else {
            let transaction = try beginRead()
            try StepwellLMDB.check(
                unsafe mdb_dbi_open(transaction.handle, name, 0, &opened),
                what
            )
            try transaction.finish()
        }
        return Table(identifier: opened, name: name ?? "main")
    }
}
