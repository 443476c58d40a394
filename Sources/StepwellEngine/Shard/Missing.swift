import StepwellHistory

/// Why a message cannot be dealt with now: something that it takes is not in memory.
enum Missing: Error {
    /// An execution's state.
    case state(ExecutionNumber)
    /// Who has a name.
    case holder(HolderQuery)
    /// An execution's state, and it cannot be read.
    case unreadable(StoreError)
}
