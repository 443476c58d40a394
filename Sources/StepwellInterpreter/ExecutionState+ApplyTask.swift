import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    mutating func applyTask(
        _ task: TaskEvent,
        event: HistoryEvent,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        branches[id].previousEventID = event.id
        switch task {
        case .scheduled(let details):
            schedule(
                .integration(details.resource),
                parameters: details.parameters,
                timeout: details.timeoutInSeconds,
                heartbeat: details.heartbeatInSeconds,
                credentials: details.credentialsRoleARN,
                event: event,
                ordinal: ordinal,
                branch: id
            )
        case .started:
            startTask(of: id, at: event.timestamp)
        case .submitted(_, let output):
            branches[id].task?.isSubmitted = true
            if branches[id].task?.kind.endsWithWork == true {
                branches[id].task?.submitted = output
            }
            settleTask(of: id)
        case .succeeded(_, let output):
            finishTask(of: id, .resulted(output))
        case .startFailed(_, let failure), .submitFailed(_, let failure), .failed(_, let failure):
            finishTask(of: id, .failed(StateFailure(failure)))
        case .timedOut(_, let failure):
            finishTask(of: id, timedOut(failure, branch: id))
        }
    }

    mutating func applyActivity(
        _ activity: ActivityEvent,
        event: HistoryEvent,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        branches[id].previousEventID = event.id
        switch activity {
        case .scheduled(let details):
            schedule(
                .activity(details.resource),
                parameters: details.input,
                timeout: details.timeoutInSeconds,
                heartbeat: details.heartbeatInSeconds,
                credentials: nil,
                event: event,
                ordinal: ordinal,
                branch: id
            )
        case .started:
            branches[id].task?.deliveries += 1
            branches[id].task?.isStarted = true
            branches[id].task?.lastHeartbeat = event.timestamp
            settleTask(of: id)
        case .succeeded(let output):
            finishTask(of: id, .resulted(output))
        case .scheduleFailed(let failure):
            failUnscheduled(id, failure)
        case .failed(let failure):
            finishTask(of: id, .failed(StateFailure(failure)))
        case .timedOut(let failure):
            finishTask(of: id, timedOut(failure, branch: id))
        }
    }

    mutating func applyFunction(
        _ function: LambdaFunctionEvent,
        event: HistoryEvent,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        branches[id].previousEventID = event.id
        switch function {
        case .scheduled(let details):
            schedule(
                .lambdaFunction(details.resource),
                parameters: details.input,
                timeout: details.timeoutInSeconds,
                heartbeat: details.heartbeatInSeconds,
                credentials: details.credentialsRoleARN,
                event: event,
                ordinal: ordinal,
                branch: id
            )
        case .started:
            startTask(of: id, at: event.timestamp)
        case .succeeded(let output):
            finishTask(of: id, .resulted(output))
        case .scheduleFailed(let failure):
            failUnscheduled(id, failure)
        case .startFailed(let failure), .failed(let failure):
            finishTask(of: id, .failed(StateFailure(failure)))
        case .timedOut(let failure):
            finishTask(of: id, timedOut(failure, branch: id))
        }
    }

    // swift-format-ignore: the parameters are the event's details.
    private mutating func schedule(
        _ kind: TaskKind,
        parameters: Payload,
        timeout: Int64?,
        heartbeat: Int64?,
        credentials: String?,
        event: HistoryEvent,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        let state = definition[branches[id].state]
        guard case .task(let fields) = state.kind else { return }
        let identity = branches[id].token?.ordinal ?? ordinal
        var dispatch = TaskDispatch(
            ordinal: identity,
            scheduledEventID: event.id,
            stateName: state.name,
            retryCount: branches[id].retries.total,
            resource: fields.resource,
            parameters: parameters,
            tokenSecret: branches[id].token?.secret,
            timeoutInSeconds: timeout,
            heartbeatInSeconds: heartbeat,
            credentialsRoleARN: credentials
        )
        if start?.testCase != nil {
            dispatch.invocation = invocations[branches[id].state.value, default: 0]
            invocations[branches[id].state.value] = dispatch.invocation + 1
        }
        branches[id].task = TaskActivation(dispatch: dispatch, kind: kind)
        branches[id].phase = .working
        tasks[identity] = id
        parkTask(of: id)
    }

    /// There is no task: only a token may have been minted for it.
    private mutating func failUnscheduled(_ id: BranchID, _ failure: Failure) {
        branches[id].token = nil
        branches[id].phase = .failed(StateFailure(failure))
    }

    private mutating func startTask(of id: BranchID, at time: Timestamp) {
        branches[id].task?.isStarted = true
        branches[id].task?.lastHeartbeat = time
        parkTask(of: id)
    }

    private func timedOut(_ failure: Failure, branch id: BranchID) -> Phase {
        let isHeartbeat = branches[id].task?.arrivals.first == .timedOut(isHeartbeat: true)
        return .failed(StateFailure(failure, isHeartbeat: isHeartbeat))
    }

    private mutating func finishTask(of id: BranchID, _ phase: Phase) {
        guard let task = branches[id].task else { return }
        if case .timedOut? = task.arrivals.first { giveUp(task) }
        tasks[task.dispatch.ordinal] = nil
        branches[id].task = nil
        branches[id].token = nil
        timers.removeAll { $0.branch == id && $0.kind != .executionTimeout }
        branches[id].phase = phase
    }
}
