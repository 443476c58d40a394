package import StepwellHistory

extension LoggingConfiguration.Level {
    /// Whether events of a type are logged.
    ///
    /// Source: "Log levels", AWS Step Functions Developer Guide; of types that its table does not
    /// have, those that say that something failed are errors.
    package func includes(_ type: HistoryEventType) -> Bool {
        switch self {
        case .all: true
        case .error: type.isError
        case .fatal: type.isFatal
        case .off: false
        }
    }
}

extension HistoryEventType {
    fileprivate var isFatal: Bool {
        self == .executionAborted || self == .executionFailed || self == .executionTimedOut
    }

    fileprivate var isError: Bool {
        switch self {
        case .executionAborted, .executionFailed, .executionTimedOut, .failStateEntered,
            .lambdaFunctionFailed, .lambdaFunctionScheduleFailed, .lambdaFunctionStartFailed,
            .lambdaFunctionTimedOut, .mapIterationAborted, .mapIterationFailed, .mapStateAborted,
            .mapStateFailed, .parallelStateAborted, .parallelStateFailed, .taskFailed,
            .taskStartFailed, .taskStateAborted, .taskSubmitFailed, .taskTimedOut,
            .waitStateAborted, .activityFailed, .activityScheduleFailed, .activityTimedOut,
            .mapRunAborted, .mapRunFailed, .evaluationFailed:
            true
        default: false
        }
    }
}
