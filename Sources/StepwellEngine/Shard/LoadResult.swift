package import StepwellHistory

/// What reading something for a shard came to.
package enum LoadResult: Sendable {
    /// Nil: there is no such execution.
    case execution(ExecutionNumber, Result<LoadedExecution?, LoadFailure>)
    /// Nil: nobody has, or had, the name.
    case holder(HolderQuery, Result<ExecutionHead?, StoreError>)
    case doubtful(Result<DoubtfulExecutions, StoreError>)
    case timers(Result<QueryPage<DueRow>, StoreError>)
    case unsettled(Result<QueryPage<ExecutionNumber>, StoreError>)
}
