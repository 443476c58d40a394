package import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// What a verification of a store's file found: every byte was read with `pread` and checked, and
/// liblmdb saw none of it.
package struct StoreVerification: Sendable, Hashable {
    package let identity: StoreIdentity
    /// How many batches, turns, executions and bytes of batches there are.
    package let batches: UInt64
    package let turns: UInt64
    package let executions: Int
    package let journalBytes: UInt64
    package let snapshots: Int
    /// How many blocks of sorted runs there are.
    package let runBlocks: Int
    /// The digest of the newest batch, from which all before it follow: what an anchor is.
    package let digest: [UInt8]

    /// Verifies a shard of a data directory that nobody writes to.
    ///
    /// - Parameters:
    ///   - directory: The data directory.
    ///   - shard: The shard.
    ///   - anchor: The digest of a batch that has to be part of the journal, kept elsewhere;
    ///     protects from a journal that was rewritten consistently, or cut.
    /// - Returns: What there is.
    /// - Throws: `damaged`, naming the first place that cannot be right.
    package static func verify(
        directory: String,
        shard: UInt16 = 0,
        anchor: [UInt8]? = nil
    ) throws(StoreError) -> StoreVerification {
        let path = "\(directory)/shard-\(shard)"
        do throws(LMDBError) {
            let file = try DataFile(path: Environment.dataFile(in: path))
            _ = try file.check()
            var walker = try PageWalker(file)
            let (rows, tables) = try walker.rows()
            var check = JournalCheck(path: path)
            let values = Dictionary(rows.map { ($0.key, $0.value) }) { first, _ in first }
            let identity = try attempt { () throws(StoreError) in
                try check.begin(values)
            }
            for table in tables {
                let name = String(decoding: table.name, as: UTF8.self)
                try walker.visit(table) { key, value throws(LMDBError) in
                    try attempt { () throws(StoreError) in
                        try check.row(of: name, key: key, value: value)
                    }
                }
            }
            return try attempt { () throws(StoreError) in
                try check.finish(identity, anchor)
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Carries a store's error through LMDB's.
    private static func attempt<Result>(
        _ body: () throws(StoreError) -> Result
    ) throws(LMDBError) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            throw LMDBError(.damaged, "verify", error.message)
        }
    }
}
