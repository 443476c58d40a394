/// Why a call of an intrinsic function failed while it was evaluated.
package struct IntrinsicError: Error, Sendable, Equatable {
    /// The kinds of failure.
    package enum Kind: Sendable, Equatable {
        /// A path among the arguments gives no value: `States.Runtime`.
        case argumentNotFound
        /// The function cannot work on its arguments: `States.Runtime`.
        case failed
        /// The same in the first dialect: `States.IntrinsicFailure`.
        case failedFirst
        /// The evaluation budget is used up.
        case budgetExhausted
    }

    /// What kind of failure it is.
    package let kind: Kind
    /// The whole expression as it was written; in the first dialect, the call in it that fails.
    package let function: String
    /// What is wrong.
    package let reason: String

    package init(kind: Kind, function: String, reason: String) {
        self.kind = kind
        self.function = function
        self.reason = reason
    }

    /// The sentence that AWS puts into a cause after naming the state.
    package var cause: String {
        switch kind {
        case .failed:
            "There was an error while evaluating the intrinsic function: \(function). \(reason)"
        case .argumentNotFound, .failedFirst, .budgetExhausted:
            "The function '\(function)' had the following error: \(reason)"
        }
    }
}
