import StepwellEngine

extension Engine {
    /// Creates a state machine and gives its ARN.
    func create(_ name: String, _ definition: String) async throws -> String {
        try await createStateMachine(
            CreateStateMachineRequest(
                name: name,
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
    }

    /// Starts an execution and gives its ARN.
    func start(
        _ machine: String,
        name: String? = nil,
        input: String = "{}"
    ) async throws -> String {
        try await startExecution(
            StartExecutionRequest(
                stateMachineARN: machine,
                name: name,
                input: Array(input.utf8)
            )
        ).executionARN
    }
}
