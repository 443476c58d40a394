import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Synchronization

/// Writes derived data down in bounded steps, on the commit thread between commits: a memtable
/// becomes a run, runs are merged, runs that were merged are deleted.
struct Checkpointer {
    private enum Phase {
        case idle
        case building(RunBuild)
        case writing(RunBuild.Built, next: Int)
        case merging(RunMerge)
    }

    /// How many blocks one step writes or deletes: about a megabyte.
    private static let blocksPerStep = 64
    private static let rowsPerStep = 4096
    private static let pause: Duration = .seconds(1)

    private let interval: UInt64
    private var phase = Phase.idle
    /// Runs that no manifest names any more.
    private var obsolete: [UInt64]?
    private var pausedUntil: ContinuousClock.Instant?

    init(interval: UInt64) {
        self.interval = interval
    }

    /// Does at most one step; says whether more is due.
    ///
    /// After a failure it pauses for a second.
    mutating func step(_ store: LMDBEventStore) throws(StoreError) -> Bool {
        if let pausedUntil {
            guard ContinuousClock.now >= pausedUntil else { return false }
            self.pausedUntil = nil
        }
        do throws(StoreError) {
            return try work(store)
        } catch {
            pausedUntil = .now + Self.pause
            if error.code == .unknown { startOver(store) }
            // It goes on when there is room again, which the refused starts tell of.
            if error.code == .full { return false }
            throw error
        }
    }

    private mutating func work(_ store: LMDBEventStore) throws(StoreError) -> Bool {
        switch phase {
        case .idle:
            return try begin(store)
        case .building(let build):
            if let built = build.result() { phase = .writing(built, next: 0) }
        case .writing(let built, let next):
            try write(built, from: next, store)
        case .merging(var merge):
            let (blocks, run) = try merge.step(rows: Self.rowsPerStep, store.journal)
            try put(blocks, run, replacing: merge.inputs, store)
            if run == nil {
                phase = .merging(merge)
            } else {
                phase = .idle
                obsolete = (obsolete ?? []) + merge.inputs.map(\.identifier)
            }
        }
        return true
    }

    /// After a step of unknown outcome: what was being written gets a new number, and what is of no
    /// use is found anew.
    private mutating func startOver(_ store: LMDBEventStore) {
        obsolete = nil
        phase = store.derived.withLock { state in
            guard let frozen = state.frozen else { return .idle }
            return .building(RunBuild(of: frozen, run: state.takeRun()))
        }
    }

    private mutating func begin(_ store: LMDBEventStore) throws(StoreError) -> Bool {
        if obsolete == nil { obsolete = try store.abandonedRuns() }
        let known = obsolete ?? []
        if let run = known.first {
            if try store.deleteBlocks(of: run, limit: Self.blocksPerStep) == 0 {
                obsolete = Array(known.dropFirst())
            }
            return true
        }
        let interval = interval
        let started = store.derived.withLock { state -> Phase? in
            let covered = state.manifest.recovery.journalBytes
            if state.head.journalBytes - covered >= interval {
                state.frozen = state.active
                state.frozenHead = state.head
                state.active = Memtable(firstPosition: state.head.nextPosition)
                return state.frozen.map { .building(RunBuild(of: $0, run: state.takeRun())) }
            }
            guard let inputs = state.runsToMerge else { return nil }
            return .merging(RunMerge(inputs: inputs, run: state.takeRun()))
        }
        guard let started else { return false }
        phase = started
        return true
    }

    private mutating func write(
        _ built: RunBuild.Built,
        from next: Int,
        _ store: LMDBEventStore
    ) throws(StoreError) {
        let end = min(next + Self.blocksPerStep, built.blocks.count)
        let isLast = end == built.blocks.count
        let blocks = Array(built.blocks[next..<end])
        try put(blocks, isLast ? built.run : nil, replacing: [], store)
        phase = isLast ? .idle : .writing(built, next: end)
    }

    /// Writes blocks; with the run, also its index and the manifest that names it.
    private func put(
        _ blocks: [(number: UInt32, bytes: [UInt8])],
        _ run: SortedRun?,
        replacing inputs: [SortedRun],
        _ store: LMDBEventStore
    ) throws(StoreError) {
        guard let run else {
            guard !blocks.isEmpty else { return }
            let identifier = store.derived.withLock { $0.manifest.nextRun - 1 }
            return try store.commitDerived(blocks, of: identifier, manifest: nil, index: nil)
        }
        let manifest = store.derived.withLock { $0.manifest(adding: run, replacing: inputs) }
        try store.commitDerived(
            blocks,
            of: run.identifier,
            manifest: manifest,
            index: run.encodedIndex
        )
        store.derived.withLock { $0.install(manifest, run, replacing: inputs) }
    }
}
