public import Stepwell
import StepwellJSON

extension WorkflowEngine.Configuration {
    /// Has the tasks of scripts' resources answered by the scripts.
    ///
    /// A script serves what a handler registered under its resource would: a plain name stands for
    /// the Lambda function of that name, too.
    public mutating func connect(_ scripts: ScriptedConnector...) {
        for script in scripts {
            handle(script.resource) { (input: JSONValue, task: TaskContext) -> JSONValue in
                let call = ScriptedConnector.Call(
                    input: input,
                    idempotencyKey: task.idempotencyKey,
                    executionARN: task.executionARN,
                    stateName: task.stateName,
                    attempt: task.attempt,
                    isRedelivery: task.isRedelivery,
                    token: task.token
                )
                return try await script.answer(call)
            }
        }
    }
}
