import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay
import StepwellServer

extension ConsoleRoutes {
    /// Executions whose pictures are looked at for a page.
    private static let reach = 100

    /// Tasks that wait for whoever has their token, or for a worker of an activity.
    ///
    /// It goes through the executions that have work outstanding, oldest first; a page may be short
    /// and have others behind it.
    func tokens(_ parameters: ConsoleParameters) async throws -> ServiceResponse {
        let limit = try parameters.integer("limit", in: 1...1_000) ?? 100
        var after = try parameters.integer("after", in: 0...Int.max)
            .map { ExecutionNumber(UInt64($0)) }
        let page = try await engine.unsettledExecutions(after: after, limit: Self.reach)
        var tokens: [ResponseFields] = []
        var isEnded = page.isLast
        for head in page.executions {
            guard tokens.count < limit else {
                isEnded = false
                break
            }
            after = head.execution
            guard head.summary.status == .running else { continue }
            let arn = ExecutionRow(head).arn
            tokens += try await engine.view(ofExecution: arn) { views in
                var views = views
                views.payloadLimit = 4_096
                return try views.picture().waitingTokens(of: arn)
            }
        }
        var fields = ResponseFields()
        fields.add("tokens", tokens)
        if !isEnded { fields.add("next", (after?.rawValue).map { Int($0) }) }
        return .console(fields)
    }
}

extension ExecutionPicture {
    /// The branches that wait for a token or a worker.
    fileprivate func waitingTokens(of arn: String) -> [ResponseFields] {
        var found: [ResponseFields] = []
        var rest = branches[...]
        while let branch = rest.popFirst() {
            rest += branch.children?.branches ?? []
            guard let wait = branch.waitingFor, wait.kind == .token || wait.kind == .activity
            else { continue }
            var fields = ResponseFields()
            fields.add("executionArn", arn)
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
            found.append(fields)
        }
        return found
    }
}
