import StepwellEngine
import StepwellLMDB

/// Reads the blocks of sorted runs.
enum RunReader {
    /// A block's rows.
    static func rows(
        _ run: SortedRun,
        block: Int,
        _ journal: Journal
    ) throws(StoreError) -> BlockRows {
        let number = UInt32(block)
        let key = SortedRun.key(run: run.identifier, block: number)
        let bytes: [UInt8]?
        do throws(LMDBError) {
            bytes = try journal.environment.beginRead().bytes(of: key, in: journal.derived)
        } catch {
            throw StoreError(error)
        }
        guard let bytes else {
            throw StoreError(.damaged, "run \(run.identifier) has no block \(block)")
        }
        return try BlockRows(bytes, run: run.identifier, number: number)
    }

    /// Reads the indexes of runs.
    static func load(
        _ identifiers: [UInt64],
        known: [SortedRun],
        _ journal: Journal
    ) throws(StoreError) -> [SortedRun] {
        var runs: [SortedRun] = []
        for identifier in identifiers {
            if let run = known.first(where: { $0.identifier == identifier }) {
                runs.append(run)
                continue
            }
            let key = SortedRun.key(run: identifier, block: SortedRun.indexBlock)
            let bytes: [UInt8]?
            do throws(LMDBError) {
                bytes = try journal.environment.beginRead().bytes(of: key, in: journal.derived)
            } catch {
                throw StoreError(error)
            }
            guard let bytes else {
                throw StoreError(.damaged, "run \(identifier) has no index")
            }
            runs.append(try SortedRun(identifier: identifier, index: bytes))
        }
        return runs
    }
}
