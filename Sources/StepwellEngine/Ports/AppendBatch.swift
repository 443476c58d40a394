package import StepwellHistory

/// Turns of many executions that become durable together.
package struct AppendBatch: Sendable {
    /// The turns in the order they were decided; of one execution, in order of ordinals.
    package var turns: [EncodedTurn]
    /// Snapshots to keep beside the log; derived data.
    package var snapshots: [StoredSnapshot]
    /// Executions whose snapshots are of no use any more; one that is in `snapshots` too keeps
    /// that one.
    package var droppedSnapshots: [ExecutionNumber]

    package init(
        turns: [EncodedTurn] = [],
        snapshots: [StoredSnapshot] = [],
        droppedSnapshots: [ExecutionNumber] = []
    ) {
        self.turns = turns
        self.snapshots = snapshots
        self.droppedSnapshots = droppedSnapshots
    }

    /// The bytes of all turns.
    package var byteCount: Int {
        turns.reduce(0) { $0 + $1.bytes.count }
    }
}

/// One turn as `TurnCodec` wrote it, with what the store needs to index it.
package struct EncodedTurn: Sendable {
    /// The encoded turn: its content, then its chain digest (see `TurnCodec`).
    package var bytes: [UInt8]
    /// The execution's head after this turn.
    package var head: ExecutionHead
    /// The name that the turn starts its execution under, when others may want it too.
    package var claim: NameClaim?

    package init(bytes: [UInt8], head: ExecutionHead, claim: NameClaim? = nil) {
        self.bytes = bytes
        self.head = head
        self.claim = claim
    }
}

/// A name, that of the turn's head, which only one execution of the state machine may hold.
package struct NameClaim: Sendable, Hashable {
    /// An execution that stopped at this time or before does not hold its name any more.
    package var freeBefore: Timestamp

    package init(freeBefore: Timestamp) {
        self.freeBefore = freeBefore
    }

    /// Whether an execution holds its name against the claim.
    package func isBarred(by head: ExecutionHead) -> Bool {
        head.stopDate.map { $0 > freeBefore } ?? true
    }
}

/// One turn as the store gives it back.
package struct StoredTurn: Sendable {
    package var execution: ExecutionNumber
    package var firstOrdinal: Ordinal
    package var bytes: [UInt8]

    package init(execution: ExecutionNumber, firstOrdinal: Ordinal, bytes: [UInt8]) {
        self.execution = execution
        self.firstOrdinal = firstOrdinal
        self.bytes = bytes
    }
}

/// An encoded execution state, true after the record with the given ordinal.
package struct StoredSnapshot: Sendable {
    package var execution: ExecutionNumber
    package var ordinal: Ordinal
    package var bytes: [UInt8]

    package init(execution: ExecutionNumber, ordinal: Ordinal, bytes: [UInt8]) {
        self.execution = execution
        self.ordinal = ordinal
        self.bytes = bytes
    }
}
