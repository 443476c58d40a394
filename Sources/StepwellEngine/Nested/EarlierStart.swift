import StepwellHistory
import StepwellJSON

/// The start of an execution that a task asks for, of which an earlier delivery may have been
/// answered by nobody: its name is taken then.
struct EarlierStart {
    let task: ConnectorTask
    let stateMachineARN: String
    let name: String
    /// Whether the definition gives the name; else it is the task's own.
    let isNamed: Bool
    /// The input's JSON text.
    let input: [UInt8]

    /// The execution of that name, if the task has started it: it is there under a name that no
    /// other task has, or, under a given one, with the same input and since the parent began.
    func found(on engine: Engine) async -> DescribeExecutionResponse? {
        guard task.isSubmitted || task.isRedelivery,
            let machine = try? StateMachineARN(stateMachineARN).unqualified,
            let child = try? await engine.describeExecution(
                arn: ExecutionARN(stateMachineARN: machine, name: name).string
            )
        else { return nil }
        guard isNamed, !task.isSubmitted else { return child }
        guard let parent = try? await engine.describeExecution(arn: task.executionARN),
            child.startDate >= parent.startDate,
            let own = try? JSONParser.parse(input), let given = try? child.input.value(),
            own == given
        else { return nil }
        return child
    }
}
