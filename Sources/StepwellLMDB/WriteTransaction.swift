internal import CLMDB

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The write transaction of an environment: it sees its own writes, and nobody else does before it
/// is committed.
///
/// Letting it go undoes everything.
@safe
package struct WriteTransaction: ~Copyable {
    private let environment: Environment
    private let opened: EnvironmentHandle
    let handle: OpaquePointer
    private var isFinished = false

    init(environment: Environment, opened: EnvironmentHandle, handle: OpaquePointer) {
        self.environment = environment
        self.opened = opened
        unsafe self.handle = unsafe handle
    }

    deinit {
        if !isFinished { unsafe mdb_txn_abort(handle) }
        environment.endUse()
    }

    /// Makes the writes durable.
    ///
    /// When it throws they are undone. When the environment `isBroken` then, the meta page could
    /// not be written: LMDB puts only a part of the old one back, so the whole of it is put back
    /// here, as far as the disk lets it; what the file then shows is known when it is open again.
    package consuming func commit() throws(LMDBError) {
        isFinished = true
        let page = unsafe MetaPageCopy(before: handle, of: environment)
        let result = unsafe mdb_txn_commit(handle)
        if result != MDB_SUCCESS {
            page?.putBack()
            environment.examine(opened)
        }
        try check(result, "commit")
    }

    /// The number that the commit will have.
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

    /// Sets the value of a key.
    package mutating func put(
        _ key: [UInt8],
        _ value: [UInt8],
        in table: Table
    ) throws(LMDBError) {
        try unsafe reserve(key, byteCount: value.count, in: table, appending: false) { room in
            unsafe room.copyBytes(from: value)
        }
    }

    /// Sets the value of a key that has to be behind all others, which packs the pages full.
    package mutating func append(
        _ key: [UInt8],
        _ value: [UInt8],
        in table: Table
    ) throws(LMDBError) {
        try unsafe reserve(key, byteCount: value.count, in: table, appending: true) { room in
            unsafe room.copyBytes(from: value)
        }
    }

    /// Makes room for a value and has it filled in place; what `fill` leaves out is undefined.
    package mutating func reserve(
        _ key: [UInt8],
        byteCount: Int,
        in table: Table,
        appending: Bool,
        fill: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(LMDBError) {
        let flags = UInt32(MDB_RESERVE) | (appending ? UInt32(MDB_APPEND) : 0)
        var room = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
        let result = unsafe Calls.withValue(key) { key in
            unsafe mdb_put(handle, table.identifier, key, &room, flags)
        }
        try check(result, "put into \(table.name)")
        guard let start = unsafe room.mv_data else {
            throw LMDBError(.other(EFAULT), "put into \(table.name)", "no room was given")
        }
        unsafe fill(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
    }

    /// Removes a key; says whether it was there.
    package mutating func delete(_ key: [UInt8], in table: Table) throws(LMDBError) -> Bool {
        let result = unsafe Calls.withValue(key) { key in
            unsafe mdb_del(handle, table.identifier, key, nil)
        }
        guard result != MDB_NOTFOUND else { return false }
        try check(result, "delete from \(table.name)")
        return true
    }

    /// Empties a table.
    package mutating func clear(_ table: Table) throws(LMDBError) {
        try check(unsafe mdb_drop(handle, table.identifier, 0), "clear \(table.name)")
    }

    /// How much a table holds.
    package borrowing func statistics(of table: Table) throws(LMDBError) -> TableStatistics {
        try unsafe Calls.statistics(handle, table)
    }
}
