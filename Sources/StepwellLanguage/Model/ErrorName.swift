/// The error names that the States language reserves (ASL specification, appendix A).
package enum ErrorName {
    package static let all = "States.ALL"
    package static let branchFailed = "States.BranchFailed"
    package static let dataLimitExceeded = "States.DataLimitExceeded"
    package static let exceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold"
    package static let heartbeatTimeout = "States.HeartbeatTimeout"
    package static let intrinsicFailure = "States.IntrinsicFailure"
    package static let itemReaderFailed = "States.ItemReaderFailed"
    package static let noChoiceMatched = "States.NoChoiceMatched"
    package static let parameterPathFailure = "States.ParameterPathFailure"
    package static let permissions = "States.Permissions"
    package static let queryEvaluationError = "States.QueryEvaluationError"
    /// Not of the specification: what AWS reports where that has `States.ResultPathMatchFailure`.
    package static let referencePathConflict = "States.ReferencePathConflict"
    package static let resultPathMatchFailure = "States.ResultPathMatchFailure"
    package static let resultWriterFailed = "States.ResultWriterFailed"
    package static let runtime = "States.Runtime"
    package static let taskFailed = "States.TaskFailed"
    package static let timeout = "States.Timeout"

    /// The prefix of the reserved names.
    package static let reservedPrefix = "States."

    /// Every reserved name.
    package static let reserved = [
        all, branchFailed, dataLimitExceeded, exceedToleratedFailureThreshold, heartbeatTimeout,
        intrinsicFailure, itemReaderFailed, noChoiceMatched, parameterPathFailure, permissions,
        queryEvaluationError, referencePathConflict, resultPathMatchFailure, resultWriterFailed,
        runtime, taskFailed, timeout,
    ]

    /// Whether no wildcard stands for that error.
    ///
    /// AWS's guide says it of `States.DataLimitExceeded` too, but its recorded executions show
    /// `States.ALL` catching it when a task's result is too large; what the guide means is a
    /// state's output beyond the quota, which ends the execution whatever its catchers say.
    package static func escapesWildcards(_ error: String) -> Bool {
        error.utf8.elementsEqual(runtime.utf8)
    }
}
