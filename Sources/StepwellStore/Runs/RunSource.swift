import StepwellEngine
import StepwellLMDB
import Synchronization

/// Where the blocks of runs come from: the cache, or else the files.
struct RunSource: Sendable {
    let journal: Journal
    let cache: BlockCache
    let counters: ReadCounters

    /// A block's rows.
    func rows(_ run: SortedRun, block: Int) throws(StoreError) -> BlockRows {
        if let rows = cache.block(block, of: run.identifier) { return rows }
        let rows = try RunReader.rows(run, block: block, journal)
        counters.blocks.add(1, ordering: .relaxed)
        cache.keep(rows, as: block, of: run.identifier)
        return rows
    }

    /// What a run says of an execution.
    enum Found: Sendable {
        case there(ExecutionEntry)
        case dropped
    }

    /// What a run says of an execution; nil when it says nothing.
    func entry(_ key: [UInt8], in run: SortedRun) throws(StoreError) -> Found? {
        guard run.filter.mayContain(key) else { return nil }
        let rows = try rows(run, block: run.block(for: key))
        let place = rows.lowerBound(of: key)
        guard place < rows.count, rows.key(place).elementsEqual(key) else { return nil }
        counters.entries.add(1, ordering: .relaxed)
        let entry = try ExecutionEntry(value: rows.value(place), run: run.identifier)
        return entry.map(Found.there) ?? .dropped
    }
}
