import StepwellHistory

/// Why an execution cannot be redriven, in the words of the API reference (DescribeExecution,
/// `redriveStatusReason`).
package enum RedriveObstacle: String, Sendable, Hashable {
    case running = "Execution is RUNNING and cannot be redriven"
    case succeeded = "Execution is SUCCEEDED and cannot be redriven"
    case stateMachineDeleting = "State machine is in DELETING status"
    case historyFull = "Execution history event limit exceeded"
    case openTooLong = "Execution has exceeded the max execution time"
    case periodExceeded = "Execution redrivable period exceeded"
    /// Not in the reference: what RedriveExecution says of a child of a Map Run.
    case childOfMapRun = "Execution is redriven with its Map Run"
}

/// When an execution can be redriven (developer guide, "Redrive eligibility for unsuccessful
/// executions").
struct RedriveRules: Sendable {
    let limits: EngineLimits
    /// Whether the execution's state machine was not deleted.
    let isStateMachineThere: Bool
    let now: Timestamp

    /// The first rule that an execution breaks; nil when it can be redriven.
    ///
    /// `historyEvents` is the limit that the execution was started under.
    func obstacle(to head: ExecutionHead, historyEvents: Int64) -> RedriveObstacle? {
        switch head.summary.status {
        case .running: return .running
        case .succeeded: return .succeeded
        case .failed, .timedOut, .aborted: break
        }
        if head.isMapRunChild { return .childOfMapRun }
        return lastingObstacle(to: head, historyEvents: historyEvents)
    }

    /// The first rule that an execution breaks that has ended without success, be it a Map Run's
    /// child or not.
    func lastingObstacle(to head: ExecutionHead, historyEvents: Int64) -> RedriveObstacle? {
        if !isStateMachineThere { return .stateMachineDeleting }
        // Room for ExecutionRedriven and one event more.
        if head.lastEventID >= historyEvents - 1 { return .historyFull }
        let open = limits.executionOpenMilliseconds
        if head.startDate.advanced(byMilliseconds: open) <= now { return .openTooLong }
        let period = limits.redrivablePeriodMilliseconds
        if let stop = head.stopDate, stop.advanced(byMilliseconds: period) <= now {
            return .periodExceeded
        }
        return nil
    }

    /// Whether an execution can be too old that has not started before a time.
    func isTooOld(startedFrom start: Timestamp) -> Bool {
        let age = min(limits.executionOpenMilliseconds, limits.redrivablePeriodMilliseconds)
        return start.advanced(byMilliseconds: age) <= now
    }
}
