import StepwellHistory

extension Engine {
    /// The changes of status that a turn made, oldest first.
    ///
    /// `place` is where they can be had again.
    package func statusChanges(
        in turn: FollowedTurn,
        at place: ExecutionStatusChanges.Place
    ) -> [ExecutionStatusChange] {
        var execution = turn.execution
        var changes: [ExecutionStatusChange] = []
        for event in turn.events {
            execution.pass(event)
            guard let end = event.body.statusChange else { continue }
            changes.append(
                ExecutionStatusChange(
                    description: description(of: execution, turn.input, event, end),
                    time: event.timestamp,
                    id: changeID(of: turn.number, event.id),
                    place: place
                )
            )
        }
        return changes
    }

    private func description(
        of execution: FollowedExecution,
        _ input: Payload?,
        _ event: HistoryEvent,
        _ change: StatusChange
    ) -> DescribeExecutionResponse {
        let start = execution.start
        return DescribeExecutionResponse(
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            name: start.givenName,
            status: change.status,
            startDate: execution.startDate,
            stopDate: change.status == .running ? nil : event.timestamp,
            input: input ?? start.input,
            output: change.output,
            failure: change.failure,
            traceHeader: start.traceHeader,
            stateMachineVersionARN: start.stateMachineVersionARN,
            stateMachineAliasARN: start.stateMachineAliasARN,
            mapRunARN: start.mapRun?.mapRunARN,
            redriveCount: execution.redriveCount,
            redriveDate: execution.redriveDate,
            redriveObstacle: obstacle(of: start, change.status, event)
        )
    }

    /// Why the execution could not be redriven just then.
    ///
    /// Whether its state machine was being deleted is not looked at: a stream of what was is not to
    /// depend on what is.
    private func obstacle(
        of start: StartInput,
        _ status: ExecutionStatus,
        _ event: HistoryEvent
    ) -> RedriveObstacle? {
        switch status {
        case .running: .running
        case .succeeded: .succeeded
        case .failed, .timedOut, .aborted:
            if start.mapRun != nil {
                .childOfMapRun
            } else if event.id >= start.limits.historyEvents - 1 {
                .historyFull
            } else {
                nil
            }
        }
    }

    /// A UUID of RFC 9562's version 8: the store's id, the event's and the execution's number.
    private func changeID(of execution: ExecutionNumber, _ event: EventID) -> String {
        var bytes = Array(store.identity.storeID.prefix(6))
        let id = UInt32(truncatingIfNeeded: event)
        bytes += [UInt8(truncatingIfNeeded: id >> 8 & 0xF) | 0x80, UInt8(truncatingIfNeeded: id)]
        bytes.append(UInt8(truncatingIfNeeded: id >> 26 & 0x3F) | 0x80)
        bytes += [UInt8(truncatingIfNeeded: id >> 18), UInt8(truncatingIfNeeded: id >> 10)]
        for shift in stride(from: 32, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: execution.rawValue >> UInt64(shift)))
        }
        return RandomName.text(ofUUID: bytes)
    }
}

/// What an event says of its execution's status.
private struct StatusChange {
    var status: ExecutionStatus
    var output: Payload?
    var failure: Failure?
}

extension HistoryEventBody {
    /// Whether the event changes its execution's status.
    var changesStatus: Bool { statusChange != nil }

    fileprivate var statusChange: StatusChange? {
        switch self {
        case .executionStarted, .executionRedriven: StatusChange(status: .running)
        case .executionSucceeded(let output): StatusChange(status: .succeeded, output: output)
        case .executionFailed(let failure): StatusChange(status: .failed, failure: failure)
        case .executionAborted(let failure): StatusChange(status: .aborted, failure: failure)
        case .executionTimedOut(let failure): StatusChange(status: .timedOut, failure: failure)
        default: nil
        }
    }
}
