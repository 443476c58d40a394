package import StepwellHistory

/// What is known of an execution without reading its log: derived from its turns, one per
/// execution, replaced by each turn.
package struct ExecutionHead: Sendable, Hashable {
    package var execution: ExecutionNumber
    package var executionName: String
    package var stateMachineARN: String
    package var startDate: Timestamp
    /// When it closed; nil while it runs.
    package var stopDate: Timestamp?
    /// Status, next timer and outstanding work, as the newest turn's summary says.
    package var summary: TurnSummary
    package var lastOrdinal: Ordinal
    package var lastEventID: EventID
    /// The chain digest of the newest turn.
    package var digest: TurnDigest
    /// How often it was redriven: a turn of a closed execution is a redrive.
    package var redriveCount: Int
    /// The time of the newest redrive.
    package var redriveDate: Timestamp?

    package init(
        execution: ExecutionNumber,
        executionName: String,
        stateMachineARN: String,
        startDate: Timestamp,
        stopDate: Timestamp?,
        summary: TurnSummary,
        lastOrdinal: Ordinal,
        lastEventID: EventID,
        digest: TurnDigest,
        redriveCount: Int = 0,
        redriveDate: Timestamp? = nil
    ) {
        self.execution = execution
        self.executionName = executionName
        self.stateMachineARN = stateMachineARN
        self.startDate = startDate
        self.stopDate = stopDate
        self.summary = summary
        self.lastOrdinal = lastOrdinal
        self.lastEventID = lastEventID
        self.digest = digest
        self.redriveCount = redriveCount
        self.redriveDate = redriveDate
    }
}

extension ExecutionHead {
    /// Whether it is the child of a distributed Map state: `…:stateMachine:NAME/LABEL`.
    package var isMapRunChild: Bool {
        let slash = UInt8(ascii: "/")
        // Asked for several times a turn: over the bytes as they lie in memory.
        return stateMachineARN.utf8.withContiguousStorageIfAvailable { $0.contains(slash) }
            ?? stateMachineARN.utf8.contains(slash)
    }

    /// Whether it counts as open: running, and no child of a Map Run.
    package var isOpen: Bool {
        summary.status == .running && execution != .catalog && !isMapRunChild
    }
}
