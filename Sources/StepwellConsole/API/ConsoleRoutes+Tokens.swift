import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay
import StepwellServer

extension ConsoleRoutes {
    /// Tasks that wait for whoever has their token, or for a worker of an activity.
    ///
    /// A page may be short and have others behind it.
    func tokens(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let limit = try parameters.integer("limit", in: 1...1_000) ?? 100
        let after = try parameters.integer("after", in: 0...Int.max)
            .map { ExecutionNumber(UInt64($0)) }
        let page = try await WaitingTasks(engine).page(after: after, limit: limit)
        var fields = ResponseFields()
        fields.add("tokens", page.tasks.map(\.fields))
        fields.add("next", page.next.map { Int($0.rawValue) })
        return .console(fields)
    }
}

extension WaitingTask {
    fileprivate var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("executionArn", executionARN)
        fields.add("state", branch.state)
        fields.add("path", branch.path)
        fields.add("kind", wait.kind == .token ? "callback" : "activity")
        fields.add("resource", wait.resource)
        fields.add("token", wait.token)
        fields.add("started", wait.isStarted ?? false)
        fields.add("worker", wait.workerName)
        fields.add("since", wait.since)
        fields.add("timeout", wait.timeout)
        fields.add("heartbeat", wait.heartbeat)
        if let input = branch.input { fields.add("input", input.value) }
        return fields
    }
}
