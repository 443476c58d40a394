import StepwellEngine
import StepwellHistory

extension Operation {
    /// Describes an execution.
    static let describeExecution = Operation(
        "DescribeExecution",
        [.required("executionArn", .arn), .optional("includedData", .includedData)]
    ) { fields, engine in
        let execution = try await engine.describeExecution(arn: fields.required("executionArn"))
        let included = fields.includesData
        var details = ResponseFields()
        details.add("included", included)
        var answer = ResponseFields()
        answer.add("executionArn", execution.executionARN)
        answer.add("stateMachineArn", execution.stateMachineARN)
        answer.add("name", execution.name)
        answer.add("status", execution.status.rawValue)
        answer.add("startDate", execution.startDate)
        answer.add("stopDate", execution.stopDate)
        if included { answer.add("input", execution.input) }
        answer.add("inputDetails", details)
        if let output = execution.output {
            if included { answer.add("output", output) }
            answer.add("outputDetails", details)
        }
        answer.add("traceHeader", execution.traceHeader)
        answer.add("error", execution.failure?.error)
        answer.add("cause", execution.failure?.cause)
        answer.add("mapRunArn", execution.mapRunARN)
        answer.add("stateMachineVersionArn", execution.stateMachineVersionARN)
        answer.add("stateMachineAliasArn", execution.stateMachineAliasARN)
        // RedriveExecution is not among the operations, so no execution can be redriven.
        answer.add("redriveCount", 0)
        answer.add("redriveStatus", "NOT_REDRIVABLE")
        answer.add("redriveStatusReason", execution.status.redriveRefusal)
        return answer.finished()
    }
}

extension ExecutionStatus {
    fileprivate var redriveRefusal: String {
        switch self {
        case .running, .succeeded: "Execution is \(rawValue) and cannot be redriven"
        case .failed, .timedOut, .aborted: "RedriveExecution is not supported by this server"
        }
    }
}
