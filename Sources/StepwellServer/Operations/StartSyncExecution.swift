import StepwellEngine
import StepwellHistory

extension Operation {
    /// Starts an execution of an Express workflow; the answer is how it ended.
    static let startSyncExecution = Operation(
        "StartSyncExecution",
        [
            .required("stateMachineArn", .arn),
            .optional("name", .name),
            .optional("input", .data),
            .optional("traceHeader", .traceHeader),
            .optional("includedData", .includedData),
        ]
    ) { fields, engine in
        let response = try await engine.startSyncExecution(
            StartExecutionRequest(
                stateMachineARN: fields.required("stateMachineArn"),
                name: fields.string("name"),
                input: Array((fields.string("input") ?? "{}").utf8),
                traceHeader: fields.string("traceHeader")
            )
        )
        let execution = response.execution
        let included = fields.includesData
        var details = ResponseFields()
        details.add("included", included)
        var billing = ResponseFields()
        billing.add("billedMemoryUsedInMB", response.billedMemoryUsedInMB)
        billing.add("billedDurationInMilliseconds", response.billedDurationInMilliseconds)
        var answer = ResponseFields()
        answer.add("executionArn", execution.executionARN)
        answer.add("stateMachineArn", execution.stateMachineARN)
        answer.add("name", execution.name)
        answer.add("startDate", execution.startDate)
        answer.add("stopDate", execution.stopDate)
        answer.add("status", execution.status.rawValue)
        answer.add("error", execution.failure?.error)
        answer.add("cause", execution.failure?.cause)
        if included { answer.add("input", execution.input) }
        answer.add("inputDetails", details)
        if included, let output = execution.output { answer.add("output", output) }
        // Of a failed execution too, which has no output.
        answer.add("outputDetails", details)
        answer.add("traceHeader", execution.traceHeader)
        answer.add("billingDetails", billing)
        return answer.finished()
    }
}
