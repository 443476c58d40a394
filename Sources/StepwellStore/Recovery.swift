import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Rebuilds what is in memory from what is on the disk: the newest checkpoint and the journal
/// behind it.
///
/// Every batch on the way is verified.
struct Recovery {
    let journal: Journal
    let identity: StoreIdentity
    /// Whether everything is rebuilt from the journal alone.
    var ignoresCheckpoints = false

    /// The derived data as of the newest commit.
    func run(_ source: RunSource) throws(StoreError) -> Tail {
        let transaction = try journal.beginRead()
        var tail = try checkpoint(transaction, source)
        try follow(&tail, transaction, source)
        return tail
    }

    /// The derived data at the newest checkpoint, or at the beginning when there is none.
    private func checkpoint(
        _ transaction: borrowing ReadTransaction,
        _ source: RunSource
    ) throws(StoreError) -> Tail {
        guard !ignoresCheckpoints, let row = try journal.row(.manifest, transaction) else {
            return Tail(manifest: Manifest(), runs: [])
        }
        var manifest = try Manifest(row)
        let runs = try RunReader.load(manifest.runs, known: [], journal)
        if manifest.lacksCount {
            manifest.openExecutions = try EntryScan.countOpen(in: runs, source)
            manifest.lacksCount = false
        }
        return Tail(manifest: manifest, runs: runs)
    }

    /// Brings the derived data of a store that is only read up to the newest commit.
    ///
    /// When its owner wrote a checkpoint meanwhile it is taken anew, so that what the
    /// checkpoint holds does not stay in memory.
    func refresh(_ tail: inout Tail, _ source: RunSource) throws(StoreError) {
        let transaction = try journal.beginRead()
        let row = ignoresCheckpoints ? nil : try journal.row(.manifest, transaction)
        let generation = try row.map { row throws(StoreError) in try Manifest(row).generation }
        if let generation, generation != tail.manifest.generation {
            tail = try checkpoint(transaction, source)
        }
        try follow(&tail, transaction, source)
    }

    /// Brings derived data up to the newest commit; does nothing when it is.
    func follow(
        _ tail: inout Tail,
        _ transaction: borrowing ReadTransaction,
        _ source: RunSource
    ) throws(StoreError) {
        let head = try journal.head(transaction)
        guard head.nextPosition >= tail.head.nextPosition else {
            throw StoreError(.damaged, "the journal ends before batch \(tail.head.nextPosition)")
        }
        while tail.head.nextPosition < head.nextPosition {
            let position = tail.head.nextPosition
            guard let batch = try journal.batch(at: position, transaction) else {
                throw StoreError(
                    .damaged,
                    "batch \(position) is missing; \(head.nextPosition) were committed"
                )
            }
            try check(batch, behind: tail.head)
            try tail.apply(batch, source)
        }
        guard tail.head.digest == head.digest, tail.head.journalBytes == head.journalBytes else {
            throw StoreError(.damaged, "the newest batch is not the one that was committed")
        }
        tail.head = head
    }

    /// Whether a batch follows the one before and belongs to this store.
    private func check(_ batch: Batch, behind head: HeadRow) throws(StoreError) {
        let header = batch.header
        guard header.storeID == identity.storeID, header.shard == identity.shard else {
            throw StoreError(.damaged, "batch \(header.position) is of another store")
        }
        guard header.previousDigest == head.digest, header.bytesBefore == head.journalBytes else {
            throw StoreError(.damaged, "batch \(header.position) does not follow the one before")
        }
    }
}
