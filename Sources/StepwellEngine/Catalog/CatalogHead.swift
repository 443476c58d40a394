import StepwellHistory

/// Where the catalog's stream ends.
struct CatalogHead {
    var lastOrdinal = Ordinal(0)
    var lastTime = Timestamp(milliseconds: 0)
    var digest = TurnDigest.origin
    /// The newest batch that holds a change of it; 0 when all of it came from the store.
    var batch: UInt64 = 0

    /// The head that the store keeps for the stream: an execution without name, timers or tasks.
    var executionHead: ExecutionHead {
        ExecutionHead(
            execution: .catalog,
            executionName: "",
            stateMachineARN: "",
            startDate: Timestamp(milliseconds: 0),
            stopDate: nil,
            summary: Self.summary,
            lastOrdinal: lastOrdinal,
            lastEventID: 0,
            digest: digest
        )
    }

    static let summary = TurnSummary(
        status: .running,
        nextDue: nil,
        pendingTasks: 0,
        isRunnable: false
    )
}
