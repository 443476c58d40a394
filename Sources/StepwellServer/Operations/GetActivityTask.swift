import StepwellEngine

extension Operation {
    /// Waits for a task of an activity; the answer is empty when none came, or the server stops.
    ///
    /// A task whose answer does not reach the worker is given to the next.
    static let getActivityTask = Operation(
        "GetActivityTask",
        [.required("activityArn", .arn), .optional("workerName", .name)],
        responding: { fields, engine in
            let task: ActivityTask?
            do {
                task = try await engine.getActivityTask(
                    arn: fields.required("activityArn"),
                    workerName: fields.string("workerName")
                )
            } catch is CancellationError {
                return ServiceResponse(json: empty)
            }
            var answer = ResponseFields()
            answer.add("taskToken", task?.taskToken)
            answer.add("input", task?.input)
            var response = ServiceResponse(json: answer.finished())
            if let task {
                response.undelivered = { engine.handBackActivityTask(token: task.taskToken) }
            }
            return response
        }
    )
}
