import StepwellHistory

/// Cuts rows that come in key order into the blocks of a run, its fences and its filter.
struct RunBuilder {
    let run: UInt64
    private var fences: [[UInt8]] = []
    private var filter: BloomFilter
    private var pending: [RunBlock.Row] = []
    private var pendingSize = 0
    private var rowCount = 0
    private var finished: [[UInt8]] = []

    /// A builder of a run with at most this many executions and names.
    init(run: UInt64, capacity: Int) {
        self.run = run
        filter = BloomFilter(capacity: capacity)
    }

    /// Adds a row, which is behind all before.
    mutating func add(_ row: RunBlock.Row) {
        if let probe = SortedRun.probe(of: row.key) { filter.insert(probe) }
        pending.append(row)
        pendingSize += row.key.count + row.value.count + 4
        rowCount += 1
        if pendingSize >= RunBlock.targetSize { closeBlock() }
    }

    /// The blocks that are complete and were not taken yet, with their numbers.
    mutating func takeBlocks() -> [(number: UInt32, bytes: [UInt8])] {
        let first = fences.count - finished.count
        defer { finished.removeAll() }
        return finished.enumerated().map { (UInt32(first + $0.offset), $0.element) }
    }

    /// Completes the last block; gives the run, whose index block has still to be written.
    mutating func finish(level: UInt8) -> SortedRun {
        if !pending.isEmpty { closeBlock() }
        return SortedRun(
            identifier: run,
            level: level,
            rowCount: rowCount,
            fences: fences,
            filter: filter
        )
    }

    private mutating func closeBlock() {
        guard let first = pending.first else { return }
        finished.append(RunBlock.encode(pending, run: run, block: UInt32(fences.count)))
        fences.append(first.key)
        pending.removeAll(keepingCapacity: true)
        pendingSize = 0
    }
}
