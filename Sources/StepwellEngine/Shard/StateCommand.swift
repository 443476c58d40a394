package import StepwellHistory
package import StepwellInterpreter

/// Looks at an execution's state; what is seen leaves when it is durable.
package struct StateCommand: Sendable {
    package let execution: ExecutionNumber
    /// Looks, and gives what tells the sender: nil, or why he is told nothing.
    let look: @Sendable (ExecutionState?) -> @Sendable (ServiceError?) -> Void

    /// Has the turn thread look at a state, for which it has to be quick, and replies with what it
    /// saw; nil: there is no such execution.
    ///
    /// What is seen should hold no more of the state than it needs: what others hold is copied when
    /// it changes, and the state of a Map Run grows with its items.
    package init<Sight: Sendable>(
        execution: ExecutionNumber,
        seeing view: @escaping @Sendable (ExecutionState) -> Sight,
        reply: @escaping @Sendable (Result<Sight?, ServiceError>) -> Void
    ) {
        self.execution = execution
        look = { state in
            let seen = state.map(view)
            return { failure in reply(failure.map { .failure($0) } ?? .success(seen)) }
        }
    }

    /// Replies with the whole state.
    package init(
        execution: ExecutionNumber,
        reply: @escaping @Sendable (Result<ExecutionState?, ServiceError>) -> Void
    ) {
        self.init(execution: execution, seeing: { $0 }, reply: reply)
    }

    /// Tells the sender that nothing came of it.
    func refuse(_ error: ServiceError) { look(nil)(error) }
}
