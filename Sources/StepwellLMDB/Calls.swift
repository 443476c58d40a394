internal import CLMDB

/// The calls that read and write transactions share.
enum Calls {
    /// Calls with a key as LMDB takes it; the bytes live as long as the call.
    static func withValue<Result>(
        _ bytes: [UInt8],
        _ body: (UnsafeMutablePointer<MDB_val>) -> Result
    ) -> Result {
        unsafe bytes.withUnsafeBytes { buffer in
            var value = unsafe MDB_val(
                mv_size: buffer.count,
                mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress)
            )
            return unsafe body(&value)
        }
    }

    /// The value of a key as it lies in the map; valid as long as the transaction, and in a write
    /// transaction until the next write.
    static func get(
        _ transaction: OpaquePointer,
        _ key: [UInt8],
        _ table: Table
    ) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var value = unsafe MDB_val()
        let result = unsafe withValue(key) { key in
            unsafe mdb_get(transaction, table.identifier, key, &value)
        }
        guard result != MDB_NOTFOUND else { return nil }
        try check(result, "get from \(table.name)")
        return unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
    }

    static func statistics(
        _ transaction: OpaquePointer,
        _ table: Table
    ) throws(LMDBError) -> TableStatistics {
        var status = MDB_stat()
        try check(
            unsafe mdb_stat(transaction, table.identifier, &status),
            "statistics of \(table.name)"
        )
        return TableStatistics(
            entries: status.ms_entries,
            depth: Int(status.ms_depth),
            branchPages: status.ms_branch_pages,
            leafPages: status.ms_leaf_pages,
            overflowPages: status.ms_overflow_pages
        )
    }
}
