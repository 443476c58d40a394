import StepwellEngine
import StepwellServer

extension ConsoleRoutes {
    /// What the names of operations begin with, and the targets that they stand for: those of other
    /// services have theirs in front, with a dot.
    private static let targets = [
        ("events.", "AWSEvents."), ("scheduler.", "AWSScheduler."),
        ("triggers.", "StepwellTriggers."), ("stepwell.", "Stepwell."),
        ("", "AWSStepFunctions."),
    ]

    /// The header fields that go on to the API.
    private static let passedOn: Set = ["user-agent", "x-amzn-trace-id", "traceparent"]

    /// Has an operation done as if its caller had asked the API for it.
    func call(_ name: String, _ request: ServiceRequest) async throws -> ServiceResponse {
        guard
            let (prefix, target) = Self.targets.first(where: {
                name.utf8.starts(with: $0.0.utf8)
            }),
            case let operation = name.utf8.dropFirst(prefix.utf8.count),
            !operation.isEmpty,
            operation.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) })
        else { throw ConsoleRefusal.notFound(request.pathAndQuery.path) }
        var inner = ServiceRequest(
            target: target + String(Substring(operation)),
            headers: request.headers.filter { Self.passedOn.contains($0.name.lowercased()) },
            body: request.body
        )
        // One request, under one name in every log.
        inner.id = request.id
        inner.peer = request.peer
        inner.caller = request.caller
        inner.isReadOnly = request.isReadOnly
        inner.intermediary = request.intermediary
        var response = await router.forward(inner)
        response.contentType = "application/json"
        return response
    }
}
