/// Where a state goes when it ended well.
package enum StateTransition: Sendable, Equatable {
    /// `Next`, a state of the same scope.
    case next(StateIndex)
    /// `End: true`, or a Succeed or Fail state: the scope is done.
    case end
    /// A Choice state: its rules say.
    case choice
}
