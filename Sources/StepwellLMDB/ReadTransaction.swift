internal import CLMDB

/// A fixed view of an environment, as of one commit.
///
/// Values point into the map and live no longer than the transaction, which the compiler checks.
@safe
package struct ReadTransaction: ~Copyable {
    private let environment: Environment
    let handle: OpaquePointer
    private var isFinished = false

    init(environment: Environment, handle: OpaquePointer) {
        self.environment = environment
        unsafe self.handle = unsafe handle
    }

    deinit {
        if !isFinished { unsafe mdb_txn_abort(handle) }
        environment.endUse()
    }

    /// Ends the transaction and keeps the tables that it opened.
    consuming func finish() throws(LMDBError) {
        isFinished = true
        try check(unsafe mdb_txn_commit(handle), "end a read transaction")
    }

    /// The number of the commit that is seen.
    package var number: Int { unsafe mdb_txn_id(handle) }

    /// The value of a key.
    @_lifetime(borrow self)
    package borrowing func get(_ key: [UInt8], in table: Table) throws(LMDBError) -> RawSpan? {
        guard let value = unsafe try Calls.get(handle, key, table) else { return nil }
        return unsafe _overrideLifetime(RawSpan(_unsafeBytes: value), borrowing: self)
    }

    /// A copy of the value of a key.
    package borrowing func bytes(
        of key: [UInt8],
        in table: Table
    ) throws(LMDBError) -> [UInt8]? {
        unsafe try Calls.get(handle, key, table).map { unsafe Array($0) }
    }

    /// A cursor over a table.
    @_lifetime(borrow self)
    package borrowing func cursor(over table: Table) throws(LMDBError) -> Cursor {
        unsafe _overrideLifetime(try Cursor(handle, table), borrowing: self)
    }

    /// How much a table holds.
    package borrowing func statistics(of table: Table) throws(LMDBError) -> TableStatistics {
        try unsafe Calls.statistics(handle, table)
    }
}
