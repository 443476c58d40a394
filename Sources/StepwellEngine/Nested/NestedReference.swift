import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Where the execution is found that a task has started, or may have.
struct NestedReference {
    /// The state machine's own ARN.
    let stateMachineARN: String
    let name: String
    /// Whether the start was answered, and the answer is recorded.
    let isAnswered: Bool

    /// What the task of an execution refers to; nil when that is no execution.
    init?(_ stop: OwedStop, executionARN: String) {
        if let output = stop.submitted {
            guard case .object(let members)? = try? output.value(),
                case .string(let arn)? = members["ExecutionArn"],
                let found = try? ResourceARN(arn), found.names.count > 1,
                found.kind == .execution || found.kind == .express
            else { return nil }
            // An Express workflow's is `NAME:UUID`.
            name = found.names[1...].joined(separator: ":")
            stateMachineARN = found.sibling(.stateMachine, [found.names[0]])
            isAnswered = true
        } else {
            guard let value = try? stop.dispatch.parameters.value(),
                let request = try? NestedExecutionRequest(value),
                let machine = try? StateMachineARN(request.stateMachineARN)
            else { return nil }
            let key = ConnectorTask.idempotencyKey(executionARN, stop.dispatch.scheduledEventID)
            name = request.name ?? ConnectorTask.uuid(of: key)
            stateMachineARN = machine.unqualified
            isAnswered = false
        }
    }
}
