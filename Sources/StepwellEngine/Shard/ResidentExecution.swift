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
    /// Whether that was taken when the execution was over.
    var hasLastSnapshot = false
    /// The bytes of texts whose values its payloads hold besides, as far as that is known.
    var parsedBytes = 0
    /// Whether its name is known to memory alone, its start not being durable yet.
    var isFresh = false
    /// Whether it stands in the ready queue, or in that of the put-off decisions.
    var isReady = false
    /// Whether its last turn ended before a decision that takes long.
    var isPutOff = false
    /// Whether it was used since eviction last looked at it.
    var isRecent = true
    /// How much waits for it to stay.
    var pins = 0
    /// What `Residents` counts it as, in bytes.
    var weight = 0
    /// Its tasks of which an earlier life of the engine may have done a part.
    var redelivered: Set<Ordinal> = []
    /// The claim that its first turn makes on its name.
    var claim: NameClaim?

    /// What a state takes at least, in bytes.
    static let leastBytes = 2_048
    /// How many bytes the value of a text takes at most, for each of the text: a digit and a comma
    /// are thirty-two.
    private static let valueFactor = 16

    /// About how many bytes its state takes: what it was made from, and the values of payloads that
    /// were looked into, which are no more than that.
    var byteCount: Int {
        let log = snapshotBytes + tailBytes
        return Self.leastBytes + log + Self.valueFactor * min(parsedBytes, log)
    }

    init(number: ExecutionNumber, state: ExecutionState, head: ExecutionHead) {
        self.number = number
        self.state = state
        self.head = head
    }

    /// An execution as it was read from the store.
    convenience init(_ loaded: LoadedExecution) {
        self.init(number: loaded.head.execution, state: loaded.state, head: loaded.head)
        tailBytes = loaded.tailBytes
        snapshotBytes = loaded.snapshotBytes
        parsedBytes = loaded.parsedBytes
    }

    /// The execution as it can be passed on.
    var loaded: LoadedExecution {
        LoadedExecution(
            state: state,
            head: head,
            tailBytes: tailBytes,
            snapshotBytes: snapshotBytes,
            parsedBytes: parsedBytes
        )
    }

    /// Whether it has to stay in memory.
    var isPinned: Bool { isReady || isFresh || pins > 0 }
}
