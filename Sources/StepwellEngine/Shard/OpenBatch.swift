import StepwellHistory

/// The turns and outputs since the last batch was sealed.
struct OpenBatch {
    /// The number it will have.
    private(set) var number: UInt64 = 1
    private(set) var turns: [EncodedTurn] = []
    private(set) var snapshots: [StoredSnapshot] = []
    private(set) var byteCount = 0
    var outputs: [ShardOutput] = []
    /// Whether it is to be committed even if it is empty, to see whether commits succeed.
    var asksForProof = false

    var isEmpty: Bool { turns.isEmpty && !asksForProof }

    mutating func append(_ turn: EncodedTurn) {
        byteCount += turn.bytes.count
        turns.append(turn)
    }

    mutating func append(_ snapshot: StoredSnapshot) {
        byteCount += snapshot.bytes.count
        snapshots.append(snapshot)
    }

    /// Takes everything out and starts the next batch.
    mutating func seal(
        generation: UInt64,
        fence: Fence
    ) -> (batch: SealedBatch, outputs: [ShardOutput]) {
        let sealed = SealedBatch(
            number: number,
            generation: generation,
            fence: fence,
            batch: AppendBatch(turns: turns, snapshots: snapshots),
            byteCount: byteCount
        )
        let outputs = self.outputs
        number += 1
        turns = []
        turns.reserveCapacity(min(sealed.batch.turns.count, 1_024))
        snapshots = []
        byteCount = 0
        self.outputs = []
        asksForProof = false
        return (sealed, outputs)
    }
}
