package import StepwellHistory

/// What an append came to.
package struct AppendOutcome: Sendable {
    /// Behind the batch.
    package var cursor: StoreCursor
    /// The turns that were not taken, in the order of the batch; all others are durable.
    package var refused: [RefusedTurn]

    package init(cursor: StoreCursor, refused: [RefusedTurn] = []) {
        self.cursor = cursor
        self.refused = refused
    }

    /// The first refusal as an error, if there is one.
    package var refusal: StoreError? {
        guard let first = refused.first else { return nil }
        switch first.reason {
        case .full(let error), .unreadable(let error): return error
        case .nameTaken(let head):
            return StoreError(.failed, "the name '\(head.executionName)' is taken")
        case .follows: return StoreError(.failed, "a turn after one that was refused")
        }
    }
}

/// A turn that an append did not take, and with it every later turn of its execution.
package struct RefusedTurn: Sendable {
    /// Why a turn is refused.
    package enum Reason: Sendable {
        /// The name that it claims is held by another execution.
        case nameTaken(by: ExecutionHead)
        /// It would start an execution, and there is no room for that.
        case full(StoreError)
        /// Whether the name that it claims is held cannot be read.
        case unreadable(StoreError)
        /// It follows a turn that was refused.
        case follows
    }

    package var execution: ExecutionNumber
    package var reason: Reason

    package init(execution: ExecutionNumber, reason: Reason) {
        self.execution = execution
        self.reason = reason
    }
}
