import StepwellEngine
import StepwellHistory

/// Merges runs that follow each other into one: of rows with the same key the newest stays, and
/// what says that a key is gone goes once there is no older row with the key.
struct RunMerge: Sendable {
    /// How many runs are merged at once, and of how many of one level a merge is due.
    static let fanIn = 4

    let inputs: [SortedRun]
    private let firstExactRun: UInt64
    /// Whether entries have to be remembered for the rows behind them.
    private let isJudging: Bool
    /// Whether there are no older runs.
    private let isOldest: Bool
    private var builder: RunBuilder
    private var readers: [Reader]
    /// Of what entries decides which rows they have: for runs that do not say what is gone.
    private var entries: [ExecutionNumber: EntryKeys] = [:]

    /// A run read from front to back.
    private struct Reader: Sendable {
        let run: SortedRun
        private var block = 0
        private var rows: BlockRows?
        private var place = 0
        /// The key and value it stands at; nil at the end.
        private(set) var key: ArraySlice<UInt8>?

        init(run: SortedRun) {
            self.run = run
        }

        var value: ArraySlice<UInt8> { rows?.value(place) ?? [] }

        mutating func begin(_ journal: Journal) throws(StoreError) {
            if rows == nil { try settle(journal) }
        }

        mutating func advance(_ journal: Journal) throws(StoreError) {
            place += 1
            try settle(journal)
        }

        private mutating func settle(_ journal: Journal) throws(StoreError) {
            while place >= rows?.count ?? 0 {
                guard block < run.fences.count else {
                    key = nil
                    return
                }
                rows = try RunReader.rows(run, block: block, journal)
                block += 1
                place = 0
            }
            key = rows?.key(place)
        }
    }

    /// A merge of runs, oldest first, into a run with a new number.
    ///
    /// Runs that are not exact have to be merged with all others, which makes the new run exact.
    init(inputs: [SortedRun], run: UInt64, of manifest: Manifest, isOldest: Bool) {
        self.inputs = inputs
        self.isOldest = isOldest
        let firstExactRun = manifest.firstExactRun
        self.firstExactRun = firstExactRun
        isJudging = inputs.contains { $0.identifier < firstExactRun }
        let rowCount = inputs.reduce(0) { $0 + $1.rowCount }
        builder = RunBuilder(run: run, capacity: rowCount / 2)
        readers = inputs.map(Reader.init)
    }

    var run: UInt64 { builder.run }

    /// The level of the merged run.
    private var level: UInt8 { (inputs.map(\.level).max() ?? 0) + 1 }

    /// The next blocks; see `RunWriter`.
    mutating func next(
        blocks limit: Int,
        _ journal: Journal
    ) throws(StoreError) -> WrittenBlocks {
        for index in readers.indices { try readers[index].begin(journal) }
        while builder.readyCount < limit {
            guard try take(journal) else {
                let run = builder.finish(level: level)
                return WrittenBlocks(blocks: builder.takeBlocks(), run: run)
            }
        }
        return WrittenBlocks(blocks: builder.takeBlocks(), run: nil)
    }

    /// Takes the rows with the least key; false when there are none.
    private mutating func take(_ journal: Journal) throws(StoreError) -> Bool {
        var least: (key: ArraySlice<UInt8>, index: Int)?
        for index in readers.indices {
            guard let key = readers[index].key else { continue }
            // Of equal keys the last one counts, which is the newest.
            if let known = least, known.key.precedes(key) { continue }
            least = (key, index)
        }
        guard let least else { return false }
        try keep(least.key, readers[least.index].value, of: readers[least.index].run)
        for index in readers.indices {
            guard let key = readers[index].key, key.elementsEqual(least.key) else { continue }
            try readers[index].advance(journal)
        }
        return true
    }

    private mutating func keep(
        _ key: ArraySlice<UInt8>,
        _ value: ArraySlice<UInt8>,
        of input: SortedRun
    ) throws(StoreError) {
        guard let family = key.first.flatMap(KeySpace.Index.init(rawValue:)) else {
            throw StoreError(.damaged, "run \(input.identifier): an index key")
        }
        if family == .entry {
            let isDropped = value.elementsEqual(ExecutionEntry.dropped)
            if isJudging { try note(value, of: input) }
            if !isDropped || !isOldest { builder.add(key, value, isGone: isDropped) }
            return
        }
        guard let mark = IndexMark(value) else {
            throw StoreError(.damaged, "run \(input.identifier): an index row")
        }
        if mark == .gone {
            if !isOldest { builder.add(key, value, isGone: true) }
        } else if input.identifier >= firstExactRun {
            builder.add(key, value)
        } else if let judged = judge(key, family) {
            builder.add(key, judged.encoded[...])
        }
    }

    /// Entries are in front of all other keys, so what they say is known when those come.
    private mutating func note(
        _ value: ArraySlice<UInt8>,
        of input: SortedRun
    ) throws(StoreError) {
        guard let entry = try ExecutionEntry(value: value, run: input.identifier) else { return }
        entries[entry.execution] = EntryKeys(entry)
    }

    /// What a row comes to by what its execution's entry says; nil when it is gone.
    private func judge(_ key: ArraySlice<UInt8>, _ family: KeySpace.Index) -> IndexMark? {
        var scope = IndexScope(family: family)
        if family == .listingByStatus { scope.code = key[key.startIndex + 1] }
        guard let place = IndexPlace(endOf: key, isWide: scope.isWide) else { return .present }
        // All runs are merged: without an entry the execution was dropped.
        guard let keys = entries[scope.execution(at: place)] else { return nil }
        switch family {
        case .entry, .name, .listing: return .present
        case .listingByStatus:
            return scope.code == IndexKey.code(of: keys.status) ? .present : nil
        case .due:
            guard keys.due == scope.time(at: place) else { return nil }
            return keys.isMapRunChild ? .child : .present
        case .unsettled: return keys.isUnsettled ? .present : nil
        }
    }
}
