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

    /// The derived state of the newest commit.
    func run() throws(StoreError) -> DerivedState {
        let transaction = try journal.beginRead()
        var state = try checkpoint(transaction)
        try follow(&state, transaction)
        return state
    }

    /// The state at the newest checkpoint, or at the beginning when there is none.
    private func checkpoint(
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> DerivedState {
        guard !ignoresCheckpoints, let row = try journal.row(.manifest, transaction) else {
            return DerivedState(manifest: Manifest(), runs: [], journal: journal)
        }
        let manifest = try Manifest(row)
        let runs = try RunReader.load(manifest.runs, known: [], journal)
        var state = DerivedState(manifest: manifest, runs: runs, journal: journal)
        try state.countOpenExecutions()
        return state
    }

    /// Brings the state of a store that is only read up to the newest commit.
    ///
    /// When its owner wrote a checkpoint meanwhile the state is taken anew, so that what the
    /// checkpoint holds does not stay in memory.
    func refresh(_ state: inout DerivedState) throws(StoreError) {
        let transaction = try journal.beginRead()
        let row = ignoresCheckpoints ? nil : try journal.row(.manifest, transaction)
        let generation = try row.map { row throws(StoreError) in try Manifest(row).generation }
        if let generation, generation != state.manifest.generation {
            state = try checkpoint(transaction)
        }
        try follow(&state, transaction)
    }

    /// Brings a state up to the newest commit; does nothing when it is.
    func follow(
        _ state: inout DerivedState,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) {
        let head = try journal.head(transaction)
        guard head.nextPosition >= state.head.nextPosition else {
            throw StoreError(.damaged, "the journal ends before batch \(state.head.nextPosition)")
        }
        while state.head.nextPosition < head.nextPosition {
            let position = state.head.nextPosition
            guard let batch = try journal.batch(at: position, transaction) else {
                throw StoreError(
                    .damaged,
                    "batch \(position) is missing; \(head.nextPosition) were committed"
                )
            }
            try check(batch, behind: state.head)
            try state.apply(batch)
        }
        guard state.head.digest == head.digest, state.head.journalBytes == head.journalBytes else {
            throw StoreError(.damaged, "the newest batch is not the one that was committed")
        }
        state.head = head
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
