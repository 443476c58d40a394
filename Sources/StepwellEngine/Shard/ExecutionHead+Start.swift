import StepwellHistory

extension ExecutionHead {
    /// The head of an execution before its first turn.
    static func before(
        _ execution: ExecutionNumber,
        input: StartInput,
        startDate: Timestamp
    ) -> ExecutionHead {
        ExecutionHead(
            execution: execution,
            executionName: input.name,
            stateMachineARN: input.stateMachineARN,
            startDate: startDate,
            stopDate: nil,
            summary: TurnSummary(
                status: .running,
                nextDue: nil,
                pendingTasks: 0,
                isRunnable: false
            ),
            lastOrdinal: Ordinal(0),
            lastEventID: 0,
            digest: .origin
        )
    }
}
