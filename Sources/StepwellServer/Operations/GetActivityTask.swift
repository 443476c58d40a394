import StepwellEngine

extension Operation {
    /// Waits for a task of an activity; the answer is empty when none came, or the server stops.
    static let getActivityTask = Operation(
        "GetActivityTask",
        [.required("activityArn", .arn), .optional("workerName", .name)]
    ) { fields, engine in
        var answer = ResponseFields()
        do {
            let task = try await engine.getActivityTask(
                arn: fields.required("activityArn"),
                workerName: fields.string("workerName")
            )
            answer.add("taskToken", task?.taskToken)
            answer.add("input", task?.input)
        } catch is CancellationError {
            return empty
        }
        return answer.finished()
    }
}
