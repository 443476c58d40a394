import StepwellEngine
import StepwellHistory

/// Merges runs that follow each other into one, some rows at a time: of rows with the same key the
/// newest stays, and keys that an execution no longer has are left out.
struct RunMerge {
    /// How many runs are merged at once, and of how many of one level a merge is due.
    static let fanIn = 4
    /// Above this many rows the keys that are no longer true are kept, since knowing them takes
    /// memory; looking them up passes over them.
    private static let pruneLimit = 4_000_000

    let inputs: [SortedRun]
    private var builder: RunBuilder
    private var readers: [Reader]
    private let prunes: Bool
    private var entries: [ExecutionNumber: Transient] = [:]

    /// What of an entry decides which of its keys are still true.
    private struct Transient {
        let status: ExecutionStatus
        let due: Timestamp?
        let isUnsettled: Bool
    }

    /// A run read from front to back.
    private struct Reader {
        let run: SortedRun
        private var block = 0
        private var rows: [RunBlock.Row] = []
        private var place = 0

        init(run: SortedRun) {
            self.run = run
        }

        mutating func peek(_ journal: Journal) throws(StoreError) -> RunBlock.Row? {
            while place == rows.count {
                guard block < run.fences.count else { return nil }
                rows = try RunReader.rows(run, block: block, journal)
                block += 1
                place = 0
            }
            return rows[place]
        }

        mutating func skip() { place += 1 }
    }

    /// A merge of runs, oldest first, into a run with a new number.
    init(inputs: [SortedRun], run: UInt64) {
        self.inputs = inputs
        let rowCount = inputs.reduce(0) { $0 + $1.rowCount }
        builder = RunBuilder(run: run, capacity: rowCount / 2)
        readers = inputs.map(Reader.init)
        prunes = rowCount <= Self.pruneLimit
    }

    /// The level of the merged run.
    var level: UInt8 { (inputs.map(\.level).max() ?? 0) + 1 }

    /// Merges up to `limit` rows; gives the blocks that became complete and, at the end, the run.
    mutating func step(
        rows limit: Int,
        _ journal: Journal
    ) throws(StoreError) -> (blocks: [(number: UInt32, bytes: [UInt8])], run: SortedRun?) {
        for _ in 0..<limit {
            guard let row = try next(journal) else {
                let run = builder.finish(level: level)
                return (builder.takeBlocks(), run)
            }
            if try keeps(row) { builder.add(row) }
        }
        return (builder.takeBlocks(), nil)
    }

    private mutating func next(_ journal: Journal) throws(StoreError) -> RunBlock.Row? {
        var least: RunBlock.Row?
        for index in readers.indices {
            guard let row = try readers[index].peek(journal) else { continue }
            if let known = least, known.key.precedes(row.key) { continue }
            least = row
        }
        guard let least else { return nil }
        for index in readers.indices where try readers[index].peek(journal)?.key == least.key {
            readers[index].skip()
        }
        return least
    }

    /// Entries are in front of all other keys, so what they say is known when those come.
    private mutating func keeps(_ row: RunBlock.Row) throws(StoreError) -> Bool {
        guard prunes, let tag = row.key.first, let index = KeySpace.Index(rawValue: tag),
            let execution = IndexKey.execution(in: row.key)
        else { return true }
        switch index {
        case .entry:
            let entry = try ExecutionEntry(row: row, run: builder.run)
            entries[execution] = Transient(
                status: entry.head.summary.status,
                due: entry.due,
                isUnsettled: entry.isUnsettled
            )
            return true
        case .name, .listing:
            return true
        case .listingByStatus:
            guard let status = entries[execution]?.status else { return true }
            return row.key.count > 1 && row.key[1] == IndexKey.code(of: status)
        case .due:
            return entries[execution].map { entry in
                entry.due.map { IndexKey.due($0, execution) } == row.key
            } ?? true
        case .unsettled:
            return entries[execution]?.isUnsettled ?? true
        }
    }
}
