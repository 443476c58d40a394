import StepwellEngine
import StepwellHistory
import Synchronization

/// Writes derived data down in bounded steps: what is in memory becomes a run, runs are merged,
/// runs that were merged are deleted.
///
/// Rows are sorted, merged and encoded in the background; the commit thread puts the blocks that
/// are ready, between commits.
struct Checkpointer {
    /// A run that is being made.
    private struct Job {
        let build: RunBuild
        /// The runs that it stands for; none of what was in memory.
        let inputs: [SortedRun]
        /// What is ready and was not put yet.
        var written: WrittenBlocks?
    }

    /// What a step came to.
    enum Step {
        /// Another is due at once.
        case more
        /// Another is due when the background is ready.
        case waiting
        case done
    }

    /// How many blocks one step deletes.
    private static let blocksPerStep = 64
    private static let shortestPause: Duration = .seconds(1)
    private static let longestPause: Duration = .seconds(60)

    private let bytes: UInt64
    private let entries: Int
    private var flush: Job?
    private var merge: Job?
    /// Runs that no manifest names and no reader knows.
    private var abandoned: [UInt64]?
    /// Runs that were merged, until the last reader is through with them.
    private var retired: [SortedRun] = []
    private var pausedUntil: ContinuousClock.Instant?
    /// What the last runs were made of.
    private var leftovers = Leftovers()
    private var failuresInARow = 0
    /// Whether the manifest on the disk may be another than the one in memory.
    private var isManifestDoubtful = false

    /// With the bounds that the options set to what is in memory.
    init(_ options: StoreOptions) {
        bytes = options.checkpointBytes
        entries = options.checkpointEntries
    }

    /// Does at most one step.
    ///
    /// After a failure it pauses, longer each time; while there is no room but for what runs, for a
    /// second.
    mutating func step(_ store: LMDBEventStore) throws(StoreError) -> Step {
        if let pausedUntil {
            guard ContinuousClock.now >= pausedUntil else { return .done }
            self.pausedUntil = nil
        }
        do throws(StoreError) {
            let step = try work(store)
            failuresInARow = 0
            return step
        } catch {
            pausedUntil = .now + min(Self.longestPause, Self.shortestPause * (1 << failuresInARow))
            failuresInARow = min(failuresInARow + 1, 6)
            if error.code == .unknown { startOver(store) }
            // It goes on when there is room again, which the refused starts tell of.
            if error.code == .full { return .done }
            throw error
        }
    }

    private mutating func work(_ store: LMDBEventStore) throws(StoreError) -> Step {
        leftovers.letGo(inBackground: store.options.worksInBackground)
        if isManifestDoubtful { try restoreManifest(store) }
        if try delete(store) { return .more }
        guard isDue(store) else { return .done }
        // What is kept free is for executions that run.
        guard store.fullForStarts == nil else {
            pausedUntil = .now + Self.shortestPause
            return .done
        }
        begin(store)
        if try put(\.flush, store) { return .more }
        if try putMerge(store) { return .more }
        return flush == nil && merge == nil ? .done : .waiting
    }

    private mutating func putMerge(_ store: LMDBEventStore) throws(StoreError) -> Bool {
        let before = merge
        do throws(StoreError) {
            guard try put(\.merge, store) else { return false }
            if merge == nil { retired += before?.inputs ?? [] }
            return true
        } catch {
            if merge == nil, let run = before?.build.run { abandoned?.append(run) }
            throw error
        }
    }

    /// After a step of unknown outcome: what was being written gets a new number, and what is of no
    /// use is found anew.
    private mutating func startOver(_ store: LMDBEventStore) {
        abandoned = nil
        merge = nil
        flush = nil
        isManifestDoubtful = true
    }

    /// Has the disk say what memory does, before runs are deleted that only the disk's manifest may
    /// name.
    private mutating func restoreManifest(_ store: LMDBEventStore) throws(StoreError) {
        let manifest = store.tail.withLock { tail in
            tail.countManifest()
            return tail.manifest
        }
        try store.commitDerived([], of: 0, manifest: manifest, index: nil)
        store.tail.withLock { store.publish($0) }
        isManifestDoubtful = false
    }

    private static func job(of frozen: Tail.Frozen, _ run: UInt64) -> Job {
        Job(build: RunBuild(.flush(RunFlush(of: frozen.chunks, run: run))), inputs: [])
    }

    /// Deletes some blocks of a run of no use; false when there are none.
    private mutating func delete(_ store: LMDBEventStore) throws(StoreError) -> Bool {
        if abandoned == nil {
            let known = retired.map(\.identifier)
            abandoned = try store.abandonedRuns().filter { !known.contains($0) }
        }
        if let run = abandoned?.first {
            if try store.deleteBlocks(of: run, limit: Self.blocksPerStep) == 0 {
                abandoned?.removeFirst()
            }
            return true
        }
        guard !retired.isEmpty, isKnownUniquelyReferenced(&retired[0]) else { return false }
        abandoned?.append(retired.removeFirst().identifier)
        return true
    }

    /// Whether there is a run to be made.
    private func isDue(_ store: LMDBEventStore) -> Bool {
        if flush != nil || merge != nil { return true }
        return store.tail.withLock { tail in
            tail.isFlushDue(behind: bytes, entries: entries) || tail.runsToMerge != nil
        }
    }

    private mutating func begin(_ store: LMDBEventStore) {
        store.tail.withLock { tail in
            if flush == nil, tail.isFlushDue(behind: bytes, entries: entries) {
                let frozen = tail.frozen ?? tail.freeze()
                flush = Self.job(of: frozen, tail.takeRun())
                store.publish(tail)
            }
            if merge == nil, let inputs = tail.runsToMerge {
                let merging = RunMerge(
                    inputs: inputs,
                    run: tail.takeRun(),
                    of: tail.manifest,
                    isOldest: inputs.first === tail.runs.first
                )
                merge = Job(build: RunBuild(.merge(merging)), inputs: inputs)
            }
        }
    }

    /// Puts what is ready of a run; false when nothing is.
    private mutating func put(
        _ place: WritableKeyPath<Checkpointer, Job?>,
        _ store: LMDBEventStore
    ) throws(StoreError) -> Bool {
        guard let build = self[keyPath: place]?.build else { return false }
        if self[keyPath: place]?.written == nil {
            do throws(StoreError) {
                self[keyPath: place]?.written = try build.take()
            } catch {
                // It stopped in the middle of a row.
                self[keyPath: place] = nil
                throw error
            }
        }
        guard let inputs = self[keyPath: place]?.inputs,
            let written = self[keyPath: place]?.written
        else {
            build.request(store.journal, inBackground: store.options.worksInBackground)
            return !store.options.worksInBackground
        }
        guard let run = written.run else {
            try store.commitDerived(written.blocks, of: build.run, manifest: nil, index: nil)
            self[keyPath: place]?.written = nil
            build.request(store.journal, inBackground: store.options.worksInBackground)
            return true
        }
        let manifest = store.tail.withLock { $0.manifest(adding: run, replacing: inputs) }
        try store.commitDerived(
            written.blocks,
            of: run.identifier,
            manifest: manifest,
            index: written.index
        )
        self[keyPath: place] = nil
        leftovers.keep(build)
        store.tail.withLock { tail in
            if inputs.isEmpty, let frozen = tail.frozen { leftovers.keep(frozen) }
            tail.install(manifest, run, replacing: inputs)
            store.publish(tail)
        }
        return true
    }
}
