import StepwellHistory

/// What StartSyncExecution answers once the execution has ended.
package struct StartSyncExecutionResponse: Sendable, Equatable {
    /// The execution, closed.
    package var execution: DescribeExecutionResponse

    /// How long it took as it is billed: in whole 100 ms, at least one (pricing of Express
    /// Workflows).
    package var billedDurationInMilliseconds: Int {
        let stop = execution.stopDate ?? execution.startDate
        let taken = max(1, stop.milliseconds - execution.startDate.milliseconds)
        return Int(clamping: (taken + 99) / 100 * 100)
    }

    /// The memory as it is billed, in megabytes: the smallest step, since no measure of it is taken
    /// (pricing of Express Workflows).
    package var billedMemoryUsedInMB: Int { 64 }
}
