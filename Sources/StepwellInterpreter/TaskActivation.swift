package import StepwellHistory

/// The work that a Task state has outside, from its `…Scheduled` event to its result.
package struct TaskActivation: Sendable {
    package var dispatch: TaskDispatch
    package var kind: TaskKind
    /// Whether `…Started` is recorded.
    package var isStarted = false
    /// Whether `TaskSubmitted` is recorded: from then on only the token's holder ends the task.
    package var isSubmitted = false
    /// What the submission came to, of a task that ends with an execution or a job.
    var submitted: Payload?
    /// How often the task was handed out; 0 until it is for the first time.
    package var deliveries = 0
    package var timeoutTimer: Ordinal?
    package var heartbeatTimer: Ordinal?
    /// When the task last showed life: its start or a heartbeat.
    package var lastHeartbeat = Timestamp(milliseconds: 0)
    /// What has come in and is not yet recorded as events, in order.
    package var arrivals: [Arrival] = []

    /// News of a task, between the input that brings it and the event that records it.
    package enum Arrival: Sendable, Equatable {
        case started(workerName: String?)
        case submitted(Payload)
        case succeeded(Payload)
        case failed(Failure)
        case submitFailed(Failure)
        case timedOut(isHeartbeat: Bool)

        /// Whether the task is over with it.
        var endsTask: Bool {
            switch self {
            case .started, .submitted: false
            case .succeeded, .failed, .submitFailed, .timedOut: true
            }
        }
    }

    package init(dispatch: TaskDispatch, kind: TaskKind) {
        self.dispatch = dispatch
        self.kind = kind
    }

    /// Whether an input can be news of this task: only what an integration does has a first half.
    func fits(_ input: Input) -> Bool {
        switch (input, kind) {
        case (.taskSubmitted, .activity), (.taskSubmitted, .lambdaFunction): false
        default: true
        }
    }

    /// Whether records are due: news to record, or preparations to make.
    var needsRecord: Bool {
        if !arrivals.isEmpty { return true }
        guard isStarted else { return !kind.waitsForWorker }
        return (dispatch.timeoutInSeconds != nil && timeoutTimer == nil)
            || (dispatch.heartbeatInSeconds != nil && heartbeatTimer == nil)
    }
}

/// Who does the work of a Task state, told by its resource.
package enum TaskKind: Sendable, Hashable {
    /// A worker that polls for the activity of this ARN.
    case activity(String)
    /// A Lambda function, its ARN being the resource.
    case lambdaFunction(String)
    /// A service integration or a handler registered for the resource.
    case integration(TaskResource)

    /// Whether the task starts only when a worker takes it.
    package var waitsForWorker: Bool {
        if case .activity = self { return true }
        return false
    }
}

/// A task as the engine sees it: what to do, and how far it has come.
package struct PendingTask: Sendable {
    package var dispatch: TaskDispatch
    package var kind: TaskKind
    package var isStarted: Bool
    package var isSubmitted: Bool
    /// What the submission came to, of a task that ends with an execution or a job.
    package var submitted: Payload?
    package var deliveries: Int
}
