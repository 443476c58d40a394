import StepwellEngine
import StepwellHistory

extension Operation {
    /// Describes an execution.
    static func describeExecution(in scope: ExecutionScope) -> Operation {
        Operation(
            "DescribeExecution",
            [.required("executionArn", .arn), .optional("includedData", .includedData)]
        ) { fields, engine in
            let arn = fields.required("executionArn")
            let execution = try await engine.describeExecution(arn: arn, scope: scope)
            return description(of: execution, includesData: fields.includesData)
        }
    }

    private static func description(
        of execution: DescribeExecutionResponse,
        includesData included: Bool
    ) -> [UInt8] {
        var details = ResponseFields()
        details.add("included", included)
        var answer = ResponseFields()
        answer.add("executionArn", execution.executionARN)
        answer.add("stateMachineArn", execution.stateMachineARN)
        answer.add("name", execution.name)
        answer.add(
            "status",
            execution.isPendingRedrive ? "PENDING_REDRIVE" : execution.status.rawValue
        )
        answer.add("startDate", execution.startDate)
        answer.add("stopDate", execution.stopDate)
        if included { answer.add("input", execution.input) }
        answer.add("inputDetails", details)
        if let output = execution.output {
            if included { answer.add("output", output) }
            answer.add("outputDetails", details)
        }
        answer.add("traceHeader", execution.traceHeader)
        answer.add("error", execution.shownFailure?.error)
        answer.add("cause", execution.shownFailure?.cause)
        answer.add("mapRunArn", execution.mapRunARN)
        answer.add("stateMachineVersionArn", execution.stateMachineVersionARN)
        answer.add("stateMachineAliasArn", execution.stateMachineAliasARN)
        answer.add("redriveCount", execution.redriveCount)
        answer.add("redriveDate", execution.redriveDate)
        answer.add("redriveStatus", execution.redriveStatus)
        answer.add("redriveStatusReason", execution.redriveStatusReason)
        return answer.finished()
    }
}
