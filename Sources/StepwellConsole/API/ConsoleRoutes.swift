import Logging
import StepwellEngine
import StepwellJSON
import StepwellServer

/// The console's interface: which part of it answers what.
struct ConsoleRoutes: Sendable {
    let router: Router
    let settings: ConsoleSettings
    private let live: LiveHub
    private let logger = Logger(label: "stepwell.console")

    var engine: Engine { router.engine }

    init(router: Router, settings: ConsoleSettings) {
        self.router = router
        self.settings = settings
        live = LiveHub(engine: router.engine, log: settings.log)
    }

    /// The answer to a request for a path below `/console/api/`, whose sender is known; `isAllowed`
    /// says whether they still are, to answers that take long.
    ///
    /// - Throws: The errors of the API, and `NotFound`, `MethodNotAllowed`.
    func answer(
        _ request: ServiceRequest,
        _ route: Substring,
        isAllowed: @escaping @Sendable () -> Bool
    ) async throws(ServiceError) -> ServiceResponse {
        do {
            if let operation = route.dropped("call/") {
                try Self.expect("POST", request)
                return try await call(String(operation), request)
            }
            if route == "graph" {
                try Self.expect("POST", request)
                return try await graph(request)
            }
            return try await view(request, String(route), isAllowed)
        } catch let error as ServiceError {
            throw error
        } catch is CancellationError {
            throw ServiceError(code: "ServiceUnavailable", message: "The server is stopping.")
        } catch {
            logger.error("\(request.pathAndQuery.path): \(error)")
            let message = "The server failed; see its log."
            throw ServiceError(code: "InternalServerError", message: message)
        }
    }

    private func view(
        _ request: ServiceRequest,
        _ route: String,
        _ isAllowed: @escaping @Sendable () -> Bool
    ) async throws -> ServiceResponse {
        let parameters = request.parameters
        let answer: (ConsoleParameters) async throws -> ServiceResponse
        switch route {
        case "about": answer = { _ in .console(await about()) }
        case "execution/picture": answer = { try await picture($0) }
        case "execution/statuses": answer = { try await statuses($0) }
        case "execution/visits": answer = { try await visits($0) }
        case "execution/visit": answer = { try await visit($0) }
        case "execution/events": answer = { try await events($0) }
        case "execution/timeline": answer = { try await timeline($0) }
        case "tokens": answer = { try await tokens($0) }
        case "metrics": answer = { _ in .console(try await metrics()) }
        case "executions": answer = { .console(try await executions($0)) }
        case "counts": answer = { .console(try await counts($0)) }
        case "log": answer = { .console(try log($0)) }
        case "live": answer = { try await live.stream(for: $0, request, isAllowed: isAllowed) }
        default: throw ConsoleRefusal.notFound(request.pathAndQuery.path)
        }
        try Self.expect("GET", request)
        return try await answer(parameters)
    }

    private static func expect(
        _ method: String,
        _ request: ServiceRequest
    ) throws(ServiceError) {
        guard request.method == method || (method == "GET" && request.method == "HEAD") else {
            throw ConsoleRefusal.method(request.method, method)
        }
    }
}
