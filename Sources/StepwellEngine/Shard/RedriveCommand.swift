package import StepwellHistory

/// Redrives an execution.
package struct RedriveCommand: Sendable {
    package var execution: ExecutionNumber
    package var executionARN: String
    /// Makes the request idempotent for a time.
    package var clientToken: String?
    /// Is told the time of the redrive.
    package var reply: @Sendable (Result<Timestamp, ServiceError>) -> Void

    package init(
        execution: ExecutionNumber,
        executionARN: String,
        clientToken: String? = nil,
        reply: @escaping @Sendable (Result<Timestamp, ServiceError>) -> Void
    ) {
        self.execution = execution
        self.executionARN = executionARN
        self.clientToken = clientToken
        self.reply = reply
    }
}
