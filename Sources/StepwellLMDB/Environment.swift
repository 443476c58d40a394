internal import CLMDB
internal import Dispatch
internal import Synchronization

/// An open LMDB environment: one directory with a data file and its lock file.
///
/// Many threads may read at once; one write transaction is open at a time, and it stays on the
/// thread that began it. After LMDB gave up on it, it is opened again below those who hold it; see
/// `reopen`.
package final class Environment: Sendable {
    let state: Mutex<EnvironmentState>
    let identity: OpenFiles.Identity
    /// The directory.
    package let path: String
    package let options: EnvironmentOptions

    /// The data file of an environment's directory.
    package static func dataFile(in path: String) -> String { "\(path)/data.mdb" }

    /// How long a transaction waits while the environment is opened again, and that for the
    /// transactions that are under way.
    static let patience: DispatchTimeInterval = .seconds(10)

    /// Opens the environment in an existing directory; a new one is created unless it is read-only.
    ///
    /// An existing file is first checked by reading it without LMDB, which trusts what it maps: a
    /// truncated file or page links that lead astray are refused as `damaged`.
    package init(path: String, options: EnvironmentOptions = .init()) throws(LMDBError) {
        let file = Self.dataFile(in: path)
        if let length = try DataFile.length(of: file), length > 0 || options.isReadOnly {
            _ = try DataFile(path: file).check()
        }
        if let known = OpenFiles.identity(of: file) {
            guard OpenFiles.shared.claim(known) else { throw Self.openAlready(file) }
            OpenFiles.shared.release(known)
        }
        let handle = try EnvironmentHandle(path: path, options: options)
        guard let identity = OpenFiles.identity(of: file), OpenFiles.shared.claim(identity) else {
            handle.close()
            throw Self.openAlready(file)
        }
        self.identity = identity
        self.path = path
        self.options = options
        state = Mutex(EnvironmentState(handle))
    }

    private static func openAlready(_ file: String) -> LMDBError {
        LMDBError(.locked, "open \(file)", "this process has it open already")
    }

    deinit {
        state.withLock { state in
            switch state.phase {
            case .ready(let handle), .broken(let handle): handle.close()
            case .reopening, .closed: break
            }
        }
        OpenFiles.shared.release(identity)
    }

    /// Begins a read transaction: a fixed view of the newest commit.
    ///
    /// Keep it short: the space of what it sees is not reused.
    package func beginRead() throws(LMDBError) -> ReadTransaction {
        while true {
            let handle = try beginUse()
            do throws(LMDBError) {
                let begun = unsafe try handle.begin(MDB_RDONLY, "begin to read \(path)")
                return unsafe ReadTransaction(environment: self, handle: begun)
            } catch {
                endUse()
                guard error.code == .panicked else { throw error }
                state.withLock { $0.breakDown(handle) }
            }
        }
    }

    /// Begins the write transaction, waiting for the one before.
    ///
    /// It must be finished on the thread that began it. It does not wait for `reopen`, which is its
    /// own thread's business: it is refused as `panicked`.
    package func beginWrite() throws(LMDBError) -> WriteTransaction {
        let handle = try beginUse(waits: false)
        do throws(LMDBError) {
            let begun = unsafe try handle.begin(0, "begin to write \(path)")
            return unsafe WriteTransaction(environment: self, opened: handle, handle: begun)
        } catch {
            endUse()
            if error.code == .panicked { state.withLock { $0.breakDown(handle) } }
            throw error
        }
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
            try check(
                unsafe mdb_dbi_open(transaction.handle, name, UInt32(MDB_CREATE), &opened),
                what
            )
            try transaction.commit()
        } else {
            let transaction = try beginRead()
            try check(unsafe mdb_dbi_open(transaction.handle, name, 0, &opened), what)
            try transaction.finish()
        }
        let table = Table(identifier: opened, name: name ?? "main")
        if name != nil { state.withLock { $0.tables.append(table) } }
        return table
    }
}
