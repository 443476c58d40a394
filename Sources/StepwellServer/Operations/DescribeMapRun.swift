import StepwellEngine

extension Operation {
    /// Describes a Map Run, with how far it is.
    static let describeMapRun = Operation(
        "DescribeMapRun",
        [.required("mapRunArn", .longARN)]
    ) { fields, engine in
        let run = try await engine.describeMapRun(arn: fields.required("mapRunArn"))
        var answer = ResponseFields()
        answer.add("mapRunArn", run.mapRunARN)
        answer.add("executionArn", run.executionARN)
        answer.add("status", run.status.rawValue)
        answer.add("startDate", run.startDate)
        answer.add("stopDate", run.stopDate)
        answer.add("maxConcurrency", run.maxConcurrency)
        answer.add("toleratedFailurePercentage", run.toleratedFailurePercentage)
        answer.add("toleratedFailureCount", Int(run.toleratedFailureCount))
        answer.add("itemCounts", run.fields)
        answer.add("executionCounts", run.fields)
        answer.add("redriveCount", run.redriveCount)
        answer.add("redriveDate", run.redriveDate)
        return answer.finished()
    }
}

extension DescribeMapRunResponse {
    fileprivate var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("pending", counts.pending)
        fields.add("running", counts.running)
        fields.add("succeeded", counts.succeeded)
        fields.add("failed", counts.failed)
        fields.add("timedOut", counts.timedOut)
        fields.add("aborted", counts.aborted)
        fields.add("total", counts.total)
        // No ResultWriter has written any.
        fields.add("resultsWritten", 0)
        fields.add("failuresNotRedrivable", failuresNotRedrivable)
        fields.add("pendingRedrive", counts.pendingRedrive)
        return fields
    }
}
