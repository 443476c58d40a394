import StepwellHistory
import StepwellInterpreter

/// An execution whose state is in memory.
final class ResidentExecution {
    let number: ExecutionNumber
    var state: ExecutionState
    /// As of the newest turn, durable or not.
    var head: ExecutionHead
    /// The newest batch that holds a turn of it; 0 when everything of it came from the store.
    var lastBatch: UInt64 = 0
    /// The bytes of its turns since the newest snapshot.
    var tailBytes = 0
    /// The bytes of the newest snapshot; 0 when there is none.
    var snapshotBytes = 0
    /// Whether its name is known to memory alone, its start not being durable yet.
    var isFresh = false
    /// Whether it stands in the ready queue.
    var isReady = false
    /// Whether it was used since eviction last looked at it.
    var isRecent = true

    init(number: ExecutionNumber, state: ExecutionState, head: ExecutionHead) {
        self.number = number
        self.state = state
        self.head = head
    }
}
