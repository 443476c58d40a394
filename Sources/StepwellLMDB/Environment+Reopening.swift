internal import CLMDB
internal import Dispatch
internal import Synchronization

extension Environment {
    /// Closes the environment and opens it again, as it has to be after LMDB gave up on it.
    ///
    /// It waits for the transactions that are under way, and those that are to begin wait for it,
    /// ten seconds at most each. Tables stay what they were. Not to be called by a thread that has
    /// a transaction open.
    ///
    /// - Throws: `busy` when transactions do not end, which leaves the environment as it was;
    ///   anything else when it could not be opened again, which every later call throws too.
    package func reopen() throws(LMDBError) {
        let handle = try drain()
        handle.close()
        do throws(LMDBError) {
            let fresh = try openAgain()
            state.withLock { $0.arrive(.ready(fresh)) }
        } catch {
            let error = LMDBError(error.code, "open again: \(error.operation)", error.reason)
            state.withLock { $0.arrive(.closed(error)) }
            throw error
        }
    }

    /// Keeps new uses waiting and waits for the end of those under way.
    private func drain() throws(LMDBError) -> EnvironmentHandle {
        let drained = DispatchSemaphore(value: 0)
        let begun = state.withLock { state -> Result<(EnvironmentHandle, Bool), LMDBError> in
            switch state.phase {
            case .ready(let handle), .broken(let handle):
                state.phase = .reopening
                state.drained = drained
                return .success((handle, state.uses == 0))
            case .reopening: return .failure(self.busy)
            case .closed(let error): return .failure(error)
            }
        }
        let (handle, isIdle) = try begun.get()
        guard !isIdle, drained.wait(timeout: .now() + Self.patience) == .timedOut else {
            return handle
        }
        let isDrained = state.withLock { state in
            if state.uses > 0 { state.arrive(.broken(handle)) }
            return state.uses == 0
        }
        guard isDrained else {
            throw LMDBError(.busy, "close \(path)", "a reader has not ended for ten seconds")
        }
        return handle
    }

    private func openAgain() throws(LMDBError) -> EnvironmentHandle {
        let file = Self.dataFile(in: path)
        guard OpenFiles.identity(of: file) == identity else {
            throw LMDBError(.denied, "open \(file)", "another file is in its place, or none")
        }
        // What this process has just written needs no walk over all pages.
        _ = try DataFile(path: file).newestMeta()
        let handle = try EnvironmentHandle(path: path, options: options)
        do throws(LMDBError) {
            for table in state.withLock({ $0.tables }) { try open(table, in: handle) }
        } catch {
            handle.close()
            throw error
        }
        return handle
    }

    private func open(_ table: Table, in handle: EnvironmentHandle) throws(LMDBError) {
        let what = "open table \(table.name)"
        let transaction = unsafe try handle.begin(MDB_RDONLY, what)
        var opened: MDB_dbi = 0
        let result = unsafe mdb_dbi_open(transaction, table.name, 0, &opened)
        guard result == MDB_SUCCESS, opened == table.identifier else {
            unsafe mdb_txn_abort(transaction)
            try check(result, what)
            throw LMDBError(.other(result), what, "it has another number now")
        }
        try check(unsafe mdb_txn_commit(transaction), what)
    }

    private var panicked: LMDBError {
        LMDBError(.panicked, "use \(path)", "a commit failed, and it is not open again yet")
    }

    private var busy: LMDBError {
        LMDBError(.busy, "use \(path)", "it is being opened again after a failed commit")
    }

    /// Whether LMDB gave up, so that it has to be opened again.
    package var isBroken: Bool {
        state.withLock { state in
            if case .broken = state.phase { return true }
            return false
        }
    }

    /// Finds out, after a commit failed, whether LMDB gave up.
    func examine(_ handle: EnvironmentHandle) {
        do throws(LMDBError) {
            unsafe mdb_txn_abort(try handle.begin(MDB_RDONLY, "begin a read transaction"))
        } catch {
            if error.code == .panicked { state.withLock { $0.breakDown(handle) } }
        }
    }

    /// What becomes of a wish to use the environment.
    private enum Admission {
        case granted(EnvironmentHandle)
        /// To ask again when this is raised.
        case delayed(DispatchSemaphore)
        case refused(LMDBError)
    }

    /// Gives the open environment, which is not closed before `endUse`; waits, when asked to, while
    /// it has to be opened again.
    func beginUse(waits: Bool = true) throws(LMDBError) -> EnvironmentHandle {
        var deadline: DispatchTime?
        while true {
            switch state.withLock({ Self.admit(to: &$0, waits: waits) }) {
            case .granted(let handle): return handle
            case .refused(let error): throw error
            case .delayed(let turn):
                let end = deadline ?? .now() + Self.patience
                deadline = end
                guard turn.wait(timeout: end) == .success else { throw busy }
            case nil: throw panicked
            }
        }
    }

    /// Nil when it would have to wait and does not.
    private static func admit(to state: inout EnvironmentState, waits: Bool) -> Admission? {
        switch state.phase {
        case .ready(let handle):
            state.uses += 1
            return .granted(handle)
        case .reopening, .broken:
            guard waits else { return nil }
            let turn = DispatchSemaphore(value: 0)
            state.waiters.append(turn)
            return .delayed(turn)
        case .closed(let error): return .refused(error)
        }
    }

    /// Ends what `beginUse` began.
    func endUse() {
        state.withLock { $0.endUse() }
    }

    /// Makes a call on the open environment.
    func use<Value>(
        _ body: (EnvironmentHandle) throws(LMDBError) -> Value
    ) throws(LMDBError) -> Value {
        let handle = try beginUse()
        defer { endUse() }
        return try body(handle)
    }
}
