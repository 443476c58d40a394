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
        answer.add("itemCounts", run.counts.fields)
        answer.add("executionCounts", run.counts.fields)
        answer.add("redriveCount", 0)
        return answer.finished()
    }
}

extension MapRunCounts {
    fileprivate var fields: ResponseFields {
        var counts = ResponseFields()
        counts.add("pending", pending)
        counts.add("running", running)
        counts.add("succeeded", succeeded)
        counts.add("failed", failed)
        counts.add("timedOut", timedOut)
        counts.add("aborted", aborted)
        counts.add("total", total)
        // No ResultWriter has written any.
        counts.add("resultsWritten", 0)
        counts.add("failuresNotRedrivable", 0)
        counts.add("pendingRedrive", 0)
        return counts
    }
}
