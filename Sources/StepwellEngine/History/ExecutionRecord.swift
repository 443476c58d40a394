import StepwellHistory

/// What the store knows of an execution.
struct ExecutionRecord: Sendable {
    let head: ExecutionHead
    let start: StartInput
    /// When it succeeded.
    var output: Payload?
    /// When it failed, timed out or was aborted.
    var failure: Failure?

    init(head: ExecutionHead, start: StartInput) {
        self.head = head
        self.start = start
    }

    /// What DescribeExecution answers.
    func description(under rules: RedriveRules) -> DescribeExecutionResponse {
        DescribeExecutionResponse(
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            name: start.givenName,
            status: head.summary.status,
            startDate: head.startDate,
            stopDate: head.stopDate,
            input: start.input,
            output: output,
            failure: failure,
            traceHeader: start.traceHeader,
            stateMachineVersionARN: start.stateMachineVersionARN,
            stateMachineAliasARN: start.stateMachineAliasARN,
            mapRunARN: start.mapRun?.mapRunARN,
            redriveCount: head.redriveCount,
            redriveDate: head.redriveDate,
            redriveObstacle: rules.obstacle(to: head, historyEvents: start.limits.historyEvents)
        )
    }
}
