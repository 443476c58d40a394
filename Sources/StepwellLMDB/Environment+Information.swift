internal import CLMDB

/// What an environment says of itself.
package struct EnvironmentInformation: Sendable, Hashable {
    package let pageSize: Int
    /// The pages in use and free, that is the extent of the file in pages.
    package let pageCount: Int
    /// The size of the map in bytes.
    package let mapSize: Int
    /// The number of the newest commit.
    package let lastTransaction: Int
    package let maxReaders: Int
    /// How many reader slots were ever in use at once.
    package let readers: Int

    /// The extent of the file in bytes.
    package var byteCount: Int { pageCount * pageSize }
}

extension Environment {
    /// Sizes and counters.
    package func information() throws(LMDBError) -> EnvironmentInformation {
        try use { handle throws(LMDBError) in
            var info = unsafe MDB_envinfo()
            var status = MDB_stat()
            try check(unsafe mdb_env_info(handle.pointer, &info), "environment information")
            try check(unsafe mdb_env_stat(handle.pointer, &status), "environment statistics")
            return unsafe EnvironmentInformation(
                pageSize: Int(status.ms_psize),
                pageCount: info.me_last_pgno + 1,
                mapSize: info.me_mapsize,
                lastTransaction: info.me_last_txnid,
                maxReaders: Int(info.me_maxreaders),
                readers: Int(info.me_numreaders)
            )
        }
    }

    /// Frees the reader slots of processes that died; says how many there were.
    package func clearStaleReaders() throws(LMDBError) -> Int {
        try use { handle throws(LMDBError) in
            var dead: Int32 = 0
            try check(unsafe mdb_reader_check(handle.pointer, &dead), "reader check")
            return Int(dead)
        }
    }

    /// The open read transaction, in any process, with the oldest view; nil when nobody reads.
    package func oldestReader() throws(LMDBError) -> OldestReader? {
        let text = try use { handle throws(LMDBError) in try Self.readerList(handle) }
        let oldest = Self.readers(in: text).min { $0.transaction < $1.transaction }
        let newest = try information().lastTransaction
        return oldest.map { OldestReader(process: $0.process, lag: newest - $0.transaction) }
    }

    private static func readerList(_ handle: EnvironmentHandle) throws(LMDBError) -> [UInt8] {
        var text: [UInt8] = []
        let result = unsafe withUnsafeMutablePointer(to: &text) { lines in
            unsafe mdb_reader_list(
                handle.pointer,
                { message, context in
                    guard let message = unsafe message, let context = unsafe context else {
                        return 0
                    }
                    let lines = unsafe context.assumingMemoryBound(to: [UInt8].self)
                    unsafe lines.pointee.append(contentsOf: String(cString: message).utf8)
                    return 0
                },
                lines
            )
        }
        guard result >= 0 else { throw LMDBError(result: result, "reader list") }
        return text
    }

    /// The open transactions of LMDB's listing, whose lines are process, thread and number.
    static func readers(in text: [UInt8]) -> [(process: Int, transaction: Int)] {
        text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count == 3, let process = Int(String(decoding: words[0], as: UTF8.self)),
                let transaction = Int(String(decoding: words[2], as: UTF8.self))
            else { return nil }
            return (process, transaction)
        }
    }

    /// Waits until everything that was committed is on the disk.
    package func synchronize() throws(LMDBError) {
        try use { handle throws(LMDBError) in
            try check(unsafe mdb_env_sync(handle.pointer, 1), "sync")
        }
    }
}
