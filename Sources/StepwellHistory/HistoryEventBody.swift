/// What a history event says: AWS's 62 event types with their details, grouped by family.
///
/// The names, and which details a type has, are those of `HistoryEvent` in the Step Functions API
/// reference.
package enum HistoryEventBody: Sendable, Equatable {
    /// Boxed, since it is large and comes once in an execution.
    indirect case executionStarted(ExecutionStartedDetails)
    case executionSucceeded(output: Payload)
    case executionFailed(Failure)
    case executionAborted(Failure)
    case executionTimedOut(Failure)
    case executionRedriven(redriveCount: Int)

    /// `PassStateEntered` and its kin; there is no `FailStateExited`.
    case stateEntered(StateType, StateEnteredDetails)
    case stateExited(StateType, StateExitedDetails)
    /// `TaskStateAborted`, `WaitStateAborted`, `ParallelStateAborted`, `MapStateAborted`.
    case stateAborted(StateType)

    case parallelStateStarted
    case parallelStateSucceeded
    case parallelStateFailed

    case mapStateStarted(length: Int)
    case mapStateSucceeded
    case mapStateFailed
    case mapIteration(MapIterationPhase, MapIterationDetails)
    case mapRun(MapRunEvent)

    case task(TaskEvent)
    case activity(ActivityEvent)
    case lambdaFunction(LambdaFunctionEvent)

    case evaluationFailed(EvaluationFailedDetails)
}
