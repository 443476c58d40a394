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
        answer.add("itemCounts", run.itemCounts.fields)
        answer.add("executionCounts", run.executionCounts.fields)
        answer.add("redriveCount", run.redriveCount)
        answer.add("redriveDate", run.redriveDate)
        return answer.finished()
    }
}

extension MapRunCounts {
    fileprivate var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("pending", pending)
        fields.add("running", running)
        fields.add("succeeded", succeeded)
        fields.add("failed", failed)
        fields.add("timedOut", timedOut)
        fields.add("aborted", aborted)
        fields.add("total", total)
        fields.add("resultsWritten", resultsWritten)
        fields.add("failuresNotRedrivable", failuresNotRedrivable)
        fields.add("pendingRedrive", pendingRedrive)
        return fields
    }
}
