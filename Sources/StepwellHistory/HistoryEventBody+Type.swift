extension HistoryEventBody {
    /// The event's type; nil for the exit of a Fail state and the abortion of a state that waits
    /// for nothing, which the model can say and the API cannot.
    package var type: HistoryEventType? {
        switch self {
        case .executionStarted: .executionStarted
        case .executionSucceeded: .executionSucceeded
        case .executionFailed: .executionFailed
        case .executionAborted: .executionAborted
        case .executionTimedOut: .executionTimedOut
        case .executionRedriven: .executionRedriven
        case .stateEntered(let type, _): .entered(type)
        case .stateExited(let type, _): .exited(type)
        case .stateAborted(let type): .aborted(type)
        case .parallelStateStarted: .parallelStateStarted
        case .parallelStateSucceeded: .parallelStateSucceeded
        case .parallelStateFailed: .parallelStateFailed
        case .mapStateStarted: .mapStateStarted
        case .mapStateSucceeded: .mapStateSucceeded
        case .mapStateFailed: .mapStateFailed
        case .mapIteration(let phase, _): phase.type
        case .mapRun(let event): event.type
        case .task(let event): event.type
        case .activity(let event): event.type
        case .lambdaFunction(let event): event.type
        case .evaluationFailed: .evaluationFailed
        }
    }
}

extension MapIterationPhase {
    fileprivate var type: HistoryEventType {
        switch self {
        case .started: .mapIterationStarted
        case .succeeded: .mapIterationSucceeded
        case .failed: .mapIterationFailed
        case .aborted: .mapIterationAborted
        }
    }
}

extension MapRunEvent {
    fileprivate var type: HistoryEventType {
        switch self {
        case .started: .mapRunStarted
        case .succeeded: .mapRunSucceeded
        case .failed: .mapRunFailed
        case .aborted: .mapRunAborted
        case .redriven: .mapRunRedriven
        }
    }
}

extension TaskEvent {
    fileprivate var type: HistoryEventType {
        switch self {
        case .scheduled: .taskScheduled
        case .started: .taskStarted
        case .startFailed: .taskStartFailed
        case .submitted: .taskSubmitted
        case .submitFailed: .taskSubmitFailed
        case .succeeded: .taskSucceeded
        case .failed: .taskFailed
        case .timedOut: .taskTimedOut
        }
    }
}

extension ActivityEvent {
    fileprivate var type: HistoryEventType {
        switch self {
        case .scheduled: .activityScheduled
        case .scheduleFailed: .activityScheduleFailed
        case .started: .activityStarted
        case .succeeded: .activitySucceeded
        case .failed: .activityFailed
        case .timedOut: .activityTimedOut
        }
    }
}

extension LambdaFunctionEvent {
    fileprivate var type: HistoryEventType {
        switch self {
        case .scheduled: .lambdaFunctionScheduled
        case .scheduleFailed: .lambdaFunctionScheduleFailed
        case .started: .lambdaFunctionStarted
        case .startFailed: .lambdaFunctionStartFailed
        case .succeeded: .lambdaFunctionSucceeded
        case .failed: .lambdaFunctionFailed
        case .timedOut: .lambdaFunctionTimedOut
        }
    }
}
