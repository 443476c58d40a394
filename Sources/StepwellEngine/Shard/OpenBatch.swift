import StepwellHistory

/// The turns and outputs since the last batch was sealed.
struct OpenBatch {
    /// The number it will have.
    private(set) var number: UInt64 = 1
    private(set) var turns: [EncodedTurn] = []
    private(set) var snapshots: [StoredSnapshot] = []
    private var droppedSnapshots: [ExecutionNumber] = []
    private(set) var byteCount = 0
    var outputs: [HeldOutput] = []
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

    /// Lets go of an execution's snapshot.
    mutating func dropSnapshot(of number: ExecutionNumber) {
        snapshots.removeAll { $0.execution == number }
        droppedSnapshots.append(number)
    }

    /// Takes everything out and starts the next batch.
    mutating func seal(
        generation: UInt64,
        fence: Fence
    ) -> (batch: SealedBatch, outputs: [HeldOutput]) {
        let sealed = SealedBatch(
            number: number,
            generation: generation,
            fence: fence,
            batch: AppendBatch(
                turns: turns,
                snapshots: snapshots,
                droppedSnapshots: droppedSnapshots
            ),
            byteCount: byteCount
        )
        let outputs = self.outputs
        number += 1
        turns = []
        turns.reserveCapacity(min(sealed.batch.turns.count, 1_024))
        snapshots = []
        droppedSnapshots = []
        byteCount = 0
        self.outputs = []
        asksForProof = false
        return (sealed, outputs)
    }
}
