import Stepwell

/// The workflow of an expense: somebody is asked, and says yes, no or nothing for a week.
struct ExpenseDesk: Sendable {
    let inbox: Inbox

    static let definition = Definition.json(
        """
        {"StartAt": "Ask", "States": {
          "Ask": {"Type": "Task", "Resource": "ask-manager.waitForTaskToken",
            "TimeoutSeconds": 604800, "ResultPath": "$.decision", "Next": "Decide",
            "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Lapse"}]},
          "Decide": {"Type": "Choice", "Default": "Refuse", "Choices": [
            {"Variable": "$.decision.isApproved", "BooleanEquals": true, "Next": "Pay"}]},
          "Pay": {"Type": "Task", "Resource": "pay", "End": true},
          "Refuse": {"Type": "Fail", "Error": "Refused"},
          "Lapse": {"Type": "Fail", "Error": "NobodyAnswered"}}}
        """
    )

    /// Registers who asks and who pays.
    func register(in configuration: inout WorkflowEngine.Configuration) {
        configuration.handleCallback("ask-manager") { (expense: Expense, token, _) in
            try inbox.put(token, for: expense.id)
        }
        // A bank would be given the task's idempotencyKey.
        configuration.handle("pay") { (expense: Expense) in ["paid": expense.cents] }
    }

    /// Creates the state machine, or changes it.
    func deploy(to engine: WorkflowEngine) async throws {
        try await engine.deployStateMachine("expenses", definition: Self.definition)
    }

    /// Starts an expense, and returns when the question has been asked.
    @discardableResult
    func ask(_ expense: Expense, _ engine: WorkflowEngine) async throws -> Execution {
        let execution = try await engine.startOrAttach(
            "expenses",
            name: expense.id,
            input: expense
        )
        for try await event in execution.events where event.type == "TaskSubmitted" { break }
        return execution
    }

    /// Answers the question, in this process or a later one.
    func answer(
        _ expense: String,
        _ isApproved: Bool,
        _ engine: WorkflowEngine
    ) async throws -> Execution {
        try await engine.sendTaskSuccess(
            token: try inbox.token(for: expense),
            output: Decision(isApproved: isApproved)
        )
        return engine.execution(expense, of: "expenses")
    }
}
