import StepwellEngine

/// Looks for keys in one run, going forward; keeps the block it is in.
struct RunCursor {
    let run: SortedRun
    let journal: Journal
    private var block: Int?
    private var rows: [RunBlock.Row] = []

    init(run: SortedRun, journal: Journal) {
        self.run = run
        self.journal = journal
    }

    /// The first row whose key is not before `key`.
    mutating func first(from key: [UInt8]) throws(StoreError) -> RunBlock.Row? {
        var wanted = run.block(for: key)
        while wanted < run.fences.count {
            if block != wanted {
                rows = try RunReader.rows(run, block: wanted, journal)
                block = wanted
            }
            let place = lowerBound(of: key)
            if place < rows.count { return rows[place] }
            wanted += 1
        }
        return nil
    }

    private func lowerBound(of key: [UInt8]) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].key.precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
