import StepwellEngine

extension Operation {
    /// Describes the revision of its state machine that an execution follows.
    static let describeStateMachineForExecution = Operation(
        "DescribeStateMachineForExecution",
        [.required("executionArn", .arn), .optional("includedData", .includedData)]
    ) { fields, engine in
        let arn = fields.required("executionArn")
        let machine = try await engine.describeStateMachineForExecution(executionARN: arn)
        var answer = ResponseFields()
        answer.add("stateMachineArn", machine.stateMachineARN)
        answer.add("name", machine.name)
        answer.add("definition", fields.includesData ? machine.definition : "{}")
        answer.add("roleArn", machine.roleARN)
        answer.add("updateDate", machine.updateDate)
        answer.add(machine.loggingConfiguration)
        answer.add(tracingEnabled: machine.tracingEnabled)
        answer.add(machine.encryptionConfiguration)
        answer.add("mapRunArn", machine.mapRunARN)
        answer.add("label", machine.label)
        answer.add("revisionId", machine.revisionID)
        if fields.includesData { answer.add(machine.variableReferences) }
        return answer.finished()
    }
}
