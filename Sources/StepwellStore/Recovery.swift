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

    /// The derived state of the newest commit.
    func run() throws(StoreError) -> DerivedState {
        let transaction = try journal.beginRead()
        var state = DerivedState(head: .origin)
        try follow(&state, transaction)
        return state
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
