/// Why a call of an intrinsic function failed while it was evaluated.
package struct IntrinsicError: Error, Sendable, Equatable {
    /// The kinds of failure.
    package enum Kind: Sendable, Equatable {
        /// A path among the arguments leads nowhere; AWS reports `States.Runtime`.
        case argumentNotFound
        /// The function cannot work on its arguments: `States.IntrinsicFailure`.
        case failed
        /// The evaluation budget is used up.
        case budgetExhausted
    }

    /// What kind of failure it is.
    package let kind: Kind
    /// The failing call as it was written.
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
        "The function '\(function)' had the following error: \(reason)"
    }
}
