import StepwellEngine
import StepwellHistory

/// The derived data as the commit thread has it.
///
/// It publishes an `Index` of it after each commit. No reader waits for it, and it waits for none.
struct Tail: Sendable {
    /// What a checkpoint is writing down.
    struct Frozen: Sendable {
        let chunks: [TailChunk]
        let table: TailTable
        /// The newest batch that it covers.
        let head: HeadRow
        let highest: ExecutionNumber?
        let openExecutions: Int
    }

    /// The newest batch that is covered.
    var head: HeadRow
    /// The checkpoint that the runs are of.
    private(set) var manifest: Manifest
    /// Oldest first.
    private(set) var runs: [SortedRun]
    private(set) var frozen: Frozen?
    private var chunks: [TailChunk] = []
    private var table = TailTable()
    private var highest: ExecutionNumber?
    private var openExecutions: Int
    /// How the numbers of executions have changed since following the journal began.
    private var statusChanges = OrderedTable<Hash16, StatusCounts>()
    private let statusBases = StatusBases()
    /// The hashes of state machines, and one copy of each text for all entries.
    private var machines: [TextKey: (arn: String, hash: Hash16)] = [:]
    private var fold: ChunkFold?

    /// The state at a checkpoint; the journal behind it has still to be followed.
    init(manifest: Manifest, runs: [SortedRun]) {
        head = manifest.recovery
        highest = manifest.highest
        openExecutions = manifest.openExecutions
        self.manifest = manifest
        self.runs = runs
    }

    /// What a reader is to see.
    var index: Index {
        Index(
            chunks: chunks,
            frozen: frozen?.chunks ?? [],
            runs: runs,
            head: head,
            manifest: manifest,
            highest: highest,
            openExecutions: openExecutions,
            statusChanges: statusChanges,
            statusBases: statusBases
        )
    }

    /// The newest entry of an execution.
    func entry(
        _ execution: ExecutionNumber,
        _ source: RunSource
    ) throws(StoreError) -> ExecutionEntry? {
        if let stored = table[execution] ?? frozen?.table[execution] { return stored.current }
        // Numbers rise: what is above the highest is new.
        if let highest, execution > highest { return nil }
        return try IndexReader.entry(execution, in: runs, source)
    }

    /// The newest execution of a name, whose hash is known.
    func newest(
        named name: String,
        in stateMachineARN: String,
        hash: Hash16,
        _ source: RunSource
    ) throws(StoreError) -> ExecutionEntry? {
        let known = table.execution(named: hash) ?? frozen?.table.execution(named: hash)
        if let known, let entry = try entry(known, source),
            entry.isNamed(name, in: stateMachineARN)
        {
            return entry
        }
        if known != nil {
            // Another name has the same hash.
            let reader = IndexReader(index: index, source: source)
            return try reader.newest(named: name, in: stateMachineARN)
        }
        let probe = IndexScope.name(hash).prefix
        guard runs.contains(where: { $0.filter.mayContain(probe) }) else { return nil }
        // What is in memory the tables know: its chunks, which others read, are not waited for.
        let reader = IndexReader(index: written, source: source)
        guard let found = try reader.newest(named: name, in: stateMachineARN) else { return nil }
        if let entry = try entry(found.execution, source) { return entry }
        // It was dropped since; an older execution may have had the name.
        return try IndexReader(index: index, source: source)
            .newest(named: name, in: stateMachineARN)
    }

    /// The runs alone.
    private var written: Index {
        Index(
            chunks: [],
            frozen: [],
            runs: runs,
            head: head,
            manifest: manifest,
            highest: highest,
            openExecutions: openExecutions,
            statusChanges: statusChanges,
            statusBases: statusBases
        )
    }

    /// Takes in what a batch did.
    mutating func install(_ changes: [TailChange], head: HeadRow) {
        self.head = head
        guard !changes.isEmpty else { return }
        var records: [TailRecord] = []
        records.reserveCapacity(changes.count)
        for change in changes {
            let execution = change.entry.execution
            let machine = machine(change.entry.head.stateMachineARN)
            var entry = change.entry
            entry.head.stateMachineARN = machine.arn
            let stored = StoredEntry(
                entry: entry,
                machine: machine.hash,
                name: change.name ?? table[execution]?.name,
                isDropped: change.isDropped
            )
            table.put(stored)
            records.append(TailRecord(stored: stored, before: change.before))
            openExecutions += change.opened
            count(change, of: machine.hash)
            highest = max(highest ?? execution, execution)
        }
        chunks.append(TailChunk(records: records))
    }

    private mutating func count(_ change: TailChange, of machine: Hash16) {
        let status = change.isDropped ? nil : change.entry.head.summary.status
        guard change.entry.execution != .catalog, status != change.before?.status else { return }
        var counts = statusChanges[machine] ?? StatusCounts()
        if let gone = change.before?.status { counts[gone] -= 1 }
        if let status { counts[status] += 1 }
        statusChanges.put(counts, for: machine)
    }

    private mutating func machine(_ arn: String) -> (arn: String, hash: Hash16) {
        let key = TextKey(text: arn)
        if let known = machines[key] { return known }
        if machines.count > 10_000 { machines = [:] }
        let machine = (arn: arn, hash: Hash16(arn))
        machines[key] = machine
        return machine
    }

    // MARK: Folding

    /// Joins small chunks, so that readers have few to look through: small ones at once, large ones
    /// in the background unless the caller is to wait.
    mutating func tidy(waiting: Bool = false) {
        var start = 0
        if let fold, let folded = fold.result {
            self.fold = nil
            replace(fold.chunks, by: folded)
        } else if let last = fold?.chunks.last {
            start = chunks.lastIndex { $0 === last }.map { $0 + 1 } ?? 0
        }
        while let group = ChunkFold.due(in: chunks[start...]) {
            let count = group.reduce(0) { $0 + $1.records.count }
            guard waiting || count <= ChunkFold.inlineLimit else {
                if fold == nil { fold = ChunkFold(group) }
                return
            }
            replace(group, by: TailChunk.fold(group))
        }
    }

    private mutating func replace(_ group: [TailChunk], by folded: TailChunk) {
        guard let first = group.first, let start = chunks.firstIndex(where: { $0 === first })
        else { return }
        chunks.replaceSubrange(start..<start + group.count, with: [folded])
    }

    // MARK: Checkpoints

    /// Whether what is in memory is to be written down: after so many bytes of journal or entries,
    /// or because a flush was broken off.
    func isFlushDue(behind bytes: UInt64, entries: Int) -> Bool {
        frozen != nil || head.journalBytes - manifest.recovery.journalBytes >= bytes
            || table.count >= entries
    }

    /// Has the next manifest be another than the one before.
    mutating func countManifest() { manifest.generation += 1 }

    /// Sets aside what is in memory to be written down.
    mutating func freeze() -> Frozen {
        let frozen = Frozen(
            chunks: chunks,
            table: table,
            head: head,
            highest: highest,
            openExecutions: openExecutions
        )
        self.frozen = frozen
        chunks = []
        table = TailTable()
        fold = nil
        return frozen
    }

    /// The number of a new run.
    mutating func takeRun() -> UInt64 {
        defer { manifest.nextRun += 1 }
        return manifest.nextRun
    }

    /// Has new runs numbered behind those that are there.
    mutating func skipRuns(upTo highest: UInt64) {
        manifest.nextRun = max(manifest.nextRun, highest + 1)
    }

    /// Runs whose merge is due: of one level that follow each other and are enough; or all of them,
    /// when much of them says that something is gone, or some cannot say it.
    var runsToMerge: [SortedRun]? {
        let gone = runs.reduce(0) { $0 + $1.goneCount }
        let rows = runs.reduce(0) { $0 + $1.rowCount }
        if gone > Self.goneLimit, gone > rows / 8 { return runs }
        if runs.contains(where: { !manifest.isExact($0.identifier) }) { return runs }
        guard runs.count >= RunMerge.fanIn else { return nil }
        for start in (0...(runs.count - RunMerge.fanIn)).reversed() {
            let group = runs[start..<start + RunMerge.fanIn]
            if group.allSatisfy({ $0.level == group[start].level }) { return Array(group) }
        }
        return nil
    }

    /// So many rows of what is gone never matter.
    private static let goneLimit = 1_000

    /// The manifest that names a new run: of what is frozen, or in place of runs it merges.
    func manifest(adding run: SortedRun, replacing inputs: [SortedRun]) -> Manifest {
        var next = manifest
        next.generation += 1
        next.runs = Self.replace(inputs.map(\.identifier), by: run.identifier, in: manifest.runs)
        if inputs.isEmpty, let frozen {
            next.recovery = frozen.head
            next.highest = frozen.highest
            next.openExecutions = frozen.openExecutions
        }
        return next
    }

    /// Takes over what a committed manifest says.
    mutating func install(
        _ next: Manifest,
        _ run: SortedRun,
        replacing inputs: [SortedRun]
    ) {
        // The number may have risen since.
        let nextRun = max(manifest.nextRun, next.nextRun)
        manifest = next
        manifest.nextRun = nextRun
        let known = runs + [run]
        runs = next.runs.compactMap { identifier in
            known.first { $0.identifier == identifier }
        }
        if inputs.isEmpty { frozen = nil }
    }

    private static func replace(
        _ inputs: [UInt64],
        by run: UInt64,
        in runs: [UInt64]
    ) -> [UInt64] {
        guard let first = inputs.first, let place = runs.firstIndex(of: first) else {
            return runs + [run]
        }
        var rest = runs.filter { !inputs.contains($0) }
        rest.insert(run, at: place)
        return rest
    }
}
