package import StepwellHistory

/// What something that a shard had done off its turn thread came to.
package enum LoadResult: Sendable {
    /// Nil: there is no such execution.
    case execution(ExecutionNumber, Result<LoadedExecution?, LoadFailure>)
    /// Nil: nobody has, or had, the name.
    case holder(HolderQuery, Result<ExecutionHead?, StoreError>)
    /// A turn with a long decision was made; nil: there is no such execution.
    case decided(ExecutionNumber, Result<LongDecision?, LoadFailure>)
    case doubtful(Result<DoubtfulExecutions, StoreError>)
    case timers(Result<QueryPage<DueRow>, StoreError>)
    case unsettled(Result<QueryPage<ExecutionNumber>, StoreError>)
}
