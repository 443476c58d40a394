package import StepwellHistory
package import StepwellInterpreter

/// Asks for an execution's state; the reply leaves when it is durable.
///
/// Nil: there is no such execution.
package struct StateCommand: Sendable {
    package var execution: ExecutionNumber
    package var reply: @Sendable (Result<ExecutionState?, ServiceError>) -> Void

    package init(
        execution: ExecutionNumber,
        reply: @escaping @Sendable (Result<ExecutionState?, ServiceError>) -> Void
    ) {
        self.execution = execution
        self.reply = reply
    }
}
