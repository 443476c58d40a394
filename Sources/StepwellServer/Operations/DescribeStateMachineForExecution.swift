import StepwellEngine

extension Operation {
    /// Describes the revision of its state machine that an execution follows.
    static func describeStateMachineForExecution(in scope: ExecutionScope) -> Operation {
        Operation(
            "DescribeStateMachineForExecution",
            [.required("executionArn", .arn), .optional("includedData", .includedData)]
        ) { fields, engine in
            let machine = try await engine.describeStateMachineForExecution(
                executionARN: fields.required("executionArn"),
                scope: scope
            )
            return description(of: machine, includesData: fields.includesData)
        }
    }

    private static func description(
        of machine: DescribeStateMachineResponse,
        includesData: Bool
    ) -> [UInt8] {
        var answer = ResponseFields()
        answer.add("stateMachineArn", machine.stateMachineARN)
        answer.add("name", machine.name)
        answer.add("definition", includesData ? machine.definition : "{}")
        answer.add("roleArn", machine.roleARN)
        answer.add("updateDate", machine.updateDate)
        answer.add(machine.loggingConfiguration)
        answer.add(tracingEnabled: machine.tracingEnabled)
        answer.add(machine.encryptionConfiguration)
        answer.add("mapRunArn", machine.mapRunARN)
        answer.add("label", machine.label)
        answer.add("revisionId", machine.revisionID)
        if includesData { answer.add(machine.variableReferences) }
        return answer.finished()
    }
}
