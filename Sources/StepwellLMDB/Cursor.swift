internal import CLMDB

/// A place in a table, moved in key order; it lives no longer than its transaction.
@safe
package struct Cursor: ~Copyable, ~Escapable {
    private let handle: OpaquePointer
    private var keyBytes: UnsafeRawBufferPointer
    private var valueBytes: UnsafeRawBufferPointer
    private let table: Table

    @_lifetime(immortal)
    init(_ transaction: OpaquePointer, _ table: Table) throws(LMDBError) {
        var opened: OpaquePointer?
        try check(
            unsafe mdb_cursor_open(transaction, table.identifier, &opened),
            "open a cursor over \(table.name)"
        )
        guard let cursor = unsafe opened else {
            throw LMDBError(.other(0), "open a cursor over \(table.name)", "no cursor")
        }
        unsafe handle = unsafe cursor
        unsafe keyBytes = UnsafeRawBufferPointer(start: nil, count: 0)
        unsafe valueBytes = UnsafeRawBufferPointer(start: nil, count: 0)
        self.table = table
    }

    deinit {
        unsafe mdb_cursor_close(handle)
    }

    /// The key at the place.
    package var key: [UInt8] { unsafe Array(keyBytes) }

    /// A copy of the value at the place.
    package var valueCopy: [UInt8] { unsafe Array(valueBytes) }

    /// The value at the place.
    package var value: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            unsafe _overrideLifetime(RawSpan(_unsafeBytes: valueBytes), borrowing: self)
        }
    }

    /// Moves to the first key that is not before the given one; false when there is none.
    @_lifetime(self: copy self)
    package mutating func seek(_ key: [UInt8]) throws(LMDBError) -> Bool {
        var found = unsafe MDB_val()
        var value = unsafe MDB_val()
        let result = unsafe Calls.withValue(key) { wanted in
            unsafe found = unsafe wanted.pointee
            return unsafe mdb_cursor_get(handle, &found, &value, MDB_SET_RANGE)
        }
        return unsafe try arrive(result, found, value)
    }

    /// Moves to the first key.
    @_lifetime(self: copy self)
    package mutating func first() throws(LMDBError) -> Bool { try move(MDB_FIRST) }

    /// Moves to the last key.
    @_lifetime(self: copy self)
    package mutating func last() throws(LMDBError) -> Bool { try move(MDB_LAST) }

    /// Moves to the next key.
    @_lifetime(self: copy self)
    package mutating func next() throws(LMDBError) -> Bool { try move(MDB_NEXT) }

    /// Moves to the key before.
    @_lifetime(self: copy self)
    package mutating func previous() throws(LMDBError) -> Bool { try move(MDB_PREV) }

    @_lifetime(self: copy self)
    private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
        let result = unsafe mdb_cursor_get(handle, &key, &value, operation)
        return unsafe try arrive(result, key, value)
    }

    @_lifetime(self: copy self)
    private mutating func arrive(
        _ result: Int32,
        _ key: MDB_val,
        _ value: MDB_val
    ) throws(LMDBError) -> Bool {
        guard result != MDB_NOTFOUND else {
            unsafe keyBytes = UnsafeRawBufferPointer(start: nil, count: 0)
            unsafe valueBytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return false
        }
        try check(result, "move a cursor over \(table.name)")
        unsafe keyBytes = unsafe UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size)
        unsafe valueBytes = unsafe UnsafeRawBufferPointer(
            start: value.mv_data,
            count: value.mv_size
        )
        return true
    }
}
