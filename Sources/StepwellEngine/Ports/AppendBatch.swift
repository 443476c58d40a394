package import StepwellHistory

/// Turns of many executions that become durable together.
package struct AppendBatch: Sendable {
    /// The turns in the order they were decided; of one execution, in order of ordinals.
    package var turns: [EncodedTurn]
    /// Snapshots to keep beside the log; derived data.
    package var snapshots: [StoredSnapshot]

    package init(turns: [EncodedTurn] = [], snapshots: [StoredSnapshot] = []) {
        self.turns = turns
        self.snapshots = snapshots
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

    package init(bytes: [UInt8], head: ExecutionHead) {
        self.bytes = bytes
        self.head = head
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
