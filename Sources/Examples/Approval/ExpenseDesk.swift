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
    func register(in configuration: inout Stepwell.Configuration) {
        configuration.handle("ask-manager") { (expense: Expense, task: TaskContext) in
            try inbox.put(task.token ?? "", for: expense.id)
            return ["asked": expense.id]
        }
        // A bank would be given the task's idempotencyKey.
        configuration.handle("pay") { (expense: Expense) in ["paid": expense.cents] }
    }

    /// Creates the state machine, or changes it.
    func deploy(to stepwell: Stepwell) async throws {
        try await stepwell.deployStateMachine("expenses", definition: Self.definition)
    }

    /// Starts an expense, and returns when the question has been asked.
    @discardableResult
    func ask(_ expense: Expense, _ stepwell: Stepwell) async throws -> Execution {
        let execution = try await stepwell.startOrAttach(
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
        _ stepwell: Stepwell
    ) async throws -> Execution {
        try await stepwell.sendTaskSuccess(
            token: try inbox.token(for: expense),
            output: Decision(isApproved: isApproved)
        )
        return stepwell.execution(expense, of: "expenses")
    }
}
