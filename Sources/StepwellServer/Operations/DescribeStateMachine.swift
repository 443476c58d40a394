import StepwellEngine

extension Operation {
    /// Describes the current revision of a state machine.
    static let describeStateMachine = Operation(
        "DescribeStateMachine",
        [.required("stateMachineArn", .arn), .optional("includedData", .includedData)]
    ) { fields, engine in
        let arn = fields.required("stateMachineArn")
        let machine = try await engine.describeStateMachine(arn: arn)
        var answer = ResponseFields()
        answer.add("stateMachineArn", machine.stateMachineARN)
        answer.add("name", machine.name)
        answer.add("status", machine.status.rawValue)
        answer.add("definition", fields.includesData ? machine.definition : "{}")
        answer.add("roleArn", machine.roleARN)
        answer.add("type", machine.type.rawValue)
        answer.add("creationDate", machine.creationDate)
        answer.add(machine.loggingConfiguration)
        answer.add(tracingEnabled: machine.tracingEnabled)
        answer.add(machine.encryptionConfiguration)
        answer.add("revisionId", machine.revisionID)
        answer.add("description", machine.versionDescription)
        if fields.includesData { answer.add(machine.variableReferences) }
        return answer.finished()
    }
}

extension RequestFields {
    /// Whether `includedData` asks for definitions, inputs and outputs too, as it does by default.
    var includesData: Bool {
        string("includedData") != "METADATA_ONLY"
    }
}
