package import StepwellHistory

/// What StartExecution is asked.
package struct StartExecutionRequest: Sendable {
    package var stateMachineARN: String
    /// Unique within the state machine; a name is made when it is nil.
    package var name: String?
    /// The input's JSON text, UTF-8.
    package var input: [UInt8]
    package var traceHeader: String?
    /// The task that the execution is started for and that ends with it.
    package var nested: NestedMembership?
    /// A UUID of what the execution is started for, to start it once however often that is asked:
    /// the name, which has to be given, is never free again, and that of an Express workflow's
    /// execution ends with this UUID instead of a random one.
    package var occurrence: String?

    package init(
        stateMachineARN: String,
        name: String? = nil,
        input: [UInt8] = [UInt8]("{}".utf8),
        traceHeader: String? = nil
    ) {
        self.stateMachineARN = stateMachineARN
        self.name = name
        self.input = input
        self.traceHeader = traceHeader
    }
}

/// What StartExecution answers once the start is durable.
package struct StartExecutionResponse: Sendable, Equatable {
    package var executionARN: String
    package var startDate: Timestamp
}
