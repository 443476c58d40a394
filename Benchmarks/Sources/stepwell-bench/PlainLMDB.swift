import CBaselineLMDB
import Foundation

/// LMDB by its C functions alone: what the store is measured against.
struct PlainLMDB: ~Copyable {
    struct Failure: Error, CustomStringConvertible {
        let call: String
        let code: Int32

        var description: String { "\(call): \(String(cString: mdb_strerror(code)))" }
    }

    private let environment: OpaquePointer
    private let table: MDB_dbi

    /// Opens, for reading beside its owner, the journal of a shard.
    init(reading directory: String) throws {
        let flags = UInt32(MDB_RDONLY | MDB_NOLOCK | MDB_NORDAHEAD)
        try self.init(directory: directory, flags: flags, tableFlags: 0)
    }

    /// Opens an empty environment with a table; its commits are synced.
    init(creating directory: String) throws {
        let flags = UInt32(MDB_NORDAHEAD)
        try self.init(directory: directory, flags: flags, tableFlags: UInt32(MDB_CREATE))
    }

    private init(directory: String, flags: UInt32, tableFlags: UInt32) throws {
        var created: OpaquePointer?
        try Self.check("mdb_env_create", mdb_env_create(&created))
        guard let created else { throw Failure(call: "mdb_env_create", code: ENOMEM) }
        mdb_env_set_mapsize(created, 1 << 40)
        mdb_env_set_maxdbs(created, 16)
        do {
            try Self.check("mdb_env_open", mdb_env_open(created, directory, flags, 0o644))
            let isReading = flags & UInt32(MDB_RDONLY) != 0
            var transaction: OpaquePointer?
            try Self.check(
                "mdb_txn_begin",
                mdb_txn_begin(created, nil, isReading ? UInt32(MDB_RDONLY) : 0, &transaction)
            )
            var opened = MDB_dbi()
            let code = mdb_dbi_open(transaction, "journal", tableFlags, &opened)
            try Self.check("mdb_txn_commit", mdb_txn_commit(transaction))
            try Self.check("mdb_dbi_open", code)
            table = opened
            environment = created
        } catch {
            mdb_env_close(created)
            throw error
        }
    }

    deinit {
        mdb_env_close(environment)
    }

    /// The values of the journal, in order, from a place on.
    func values(from start: Int) throws -> [[UInt8]] {
        var transaction: OpaquePointer?
        try Self.check(
            "mdb_txn_begin",
            mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &transaction)
        )
        defer { mdb_txn_abort(transaction) }
        var cursor: OpaquePointer?
        try Self.check("mdb_cursor_open", mdb_cursor_open(transaction, table, &cursor))
        defer { mdb_cursor_close(cursor) }
        var values: [[UInt8]] = []
        var place = 0
        var key = MDB_val()
        var data = MDB_val()
        while mdb_cursor_get(cursor, &key, &data, MDB_NEXT) == MDB_SUCCESS {
            if place >= start {
                values.append(
                    Array(UnsafeRawBufferPointer(start: data.mv_data, count: data.mv_size))
                )
            }
            place += 1
        }
        return values
    }

    /// Appends values under rising keys in one synced transaction.
    func append(_ values: ArraySlice<[UInt8]>) throws {
        var transaction: OpaquePointer?
        try Self.check("mdb_txn_begin", mdb_txn_begin(environment, nil, 0, &transaction))
        for (place, value) in zip(values.indices, values) {
            var number = UInt64(place).bigEndian
            let code = withUnsafeMutableBytes(of: &number) { number in
                value.withUnsafeBytes { value in
                    var key = MDB_val(mv_size: 8, mv_data: number.baseAddress)
                    var data = MDB_val(
                        mv_size: value.count,
                        mv_data: UnsafeMutableRawPointer(mutating: value.baseAddress)
                    )
                    return mdb_put(transaction, table, &key, &data, UInt32(MDB_APPEND))
                }
            }
            guard code == MDB_SUCCESS else {
                mdb_txn_abort(transaction)
                throw Failure(call: "mdb_put", code: code)
            }
        }
        try Self.check("mdb_txn_commit", mdb_txn_commit(transaction))
    }

    private static func check(_ call: String, _ code: Int32) throws {
        guard code == MDB_SUCCESS else { throw Failure(call: call, code: code) }
    }
}
