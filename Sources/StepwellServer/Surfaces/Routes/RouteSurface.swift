package import StepwellEngine
import StepwellHistory
import StepwellJSON
package import StepwellTriggers

/// Answers HTTP routes: what users' own clients ask.
package struct RouteSurface: ServedSurface {
    let book: RouteBook
    let engine: Engine
    let entropy: any Entropy

    /// A surface of the routes of a book, whose executions are an engine's.
    package init(_ book: RouteBook, engine: Engine, entropy: any Entropy) {
        self.book = book
        self.engine = engine
        self.entropy = entropy
    }

    /// Routes with `AWS_IAM` want a signature for `execute-api`; others know callers themselves.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        let path = request.pathAndQuery.path
        guard let match = book.match(request.method, path: path) else {
            return book.hasPath(path) ? .own : nil
        }
        return match.route.definition.authorization == .iam
            ? .signature(service: "execute-api") : .own
    }

    /// The answer; nil when no route has the path.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        let path = request.pathAndQuery.path
        if let preflight = preflight(request, path) { return preflight }
        guard let match = book.match(request.method, path: path) else {
            guard book.hasPath(path) else { return nil }
            return RouteAnswer.refusal(
                ServiceError(
                    code: "MethodNotAllowed",
                    message: "\(request.method) is not allowed here."
                )
            )
        }
        var response: ServiceResponse
        var caller: String?
        do throws(ServiceError) {
            caller = try self.caller(of: request, match.route)
            guard book.admit(match.route, key: caller) else {
                throw ServiceError(code: "ThrottlingException", message: "Too Many Requests")
            }
            response = try await perform(
                RouteRequest(
                    request: request,
                    route: match.route,
                    parameters: match.parameters,
                    caller: caller
                )
            )
        } catch {
            response = RouteAnswer.refusal(error)
        }
        allow(match.route.definition.crossOrigin, request, &response)
        var call = AuditedCall(
            source: "execute-api.amazonaws.com",
            name: match.route.definition.action.rawValue,
            parameters: ["route": .string(match.route.name), "path": .string(path)]
        )
        call.caller = caller
        response.audited = call
        return response
    }

    /// The name of the caller's key; nil when the route asks for none.
    private func caller(
        of request: ServiceRequest,
        _ route: CompiledRoute
    ) throws(ServiceError) -> String? {
        guard route.definition.authorization == .apiKey else { return nil }
        let keys = route.definition.apiKeys
        guard let key = request.headerValues("x-api-key").first,
            let name = book.name(ofKey: key), keys.isEmpty || keys.contains(name)
        else { throw ServiceError(code: "ForbiddenException", message: "Forbidden") }
        return name
    }

    // MARK: Pages of other origins

    /// Whether a request of a page of another origin may be answered: a route says so.
    package func allowsOrigin(_ origin: String, method: String, uri: String) -> Bool {
        let path = ServiceRequest(method: method, uri: uri).pathAndQuery.path
        return route(method, path)?.definition.crossOrigin?.allowed(origin) != nil
    }

    /// The route that a request is for, or that a browser asks about (`OPTIONS`).
    private func route(_ method: String, _ path: String) -> CompiledRoute? {
        if let match = book.match(method, path: path) { return match.route }
        guard method == "OPTIONS" else { return nil }
        let routes = RouteSurface.methods.compactMap { book.match($0, path: path)?.route }
        return routes.first { $0.definition.crossOrigin != nil }
    }

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]

    /// The answer to a browser's question whether a page may ask (Fetch standard, "CORS-preflight
    /// fetch"); nil when the request is no such question.
    private func preflight(_ request: ServiceRequest, _ path: String) -> ServiceResponse? {
        guard request.method == "OPTIONS", !request.headerValues("origin").isEmpty,
            let method = request.headerValues("access-control-request-method").first,
            let route = book.match(method, path: path)?.route,
            let origins = route.definition.crossOrigin
        else { return nil }
        var response = ServiceResponse(json: [], status: 204)
        allow(origins, request, &response)
        response.headers.append(("Access-Control-Allow-Methods", method))
        if !origins.headers.isEmpty {
            let names = origins.headers.joined(separator: ",")
            response.headers.append(("Access-Control-Allow-Headers", names))
        }
        response.headers.append(("Access-Control-Max-Age", String(origins.maximumAge)))
        return response
    }

    private func allow(
        _ origins: CrossOrigin?,
        _ request: ServiceRequest,
        _ response: inout ServiceResponse
    ) {
        guard let origins, let origin = request.headerValues("origin").first else { return }
        response.headers.append(("Vary", "Origin"))
        guard let allowed = origins.allowed(origin) else { return }
        response.headers.append(("Access-Control-Allow-Origin", allowed))
        if origins.allowsCredentials {
            response.headers.append(("Access-Control-Allow-Credentials", "true"))
        }
        if !origins.exposedHeaders.isEmpty {
            let names = origins.exposedHeaders.joined(separator: ",")
            response.headers.append(("Access-Control-Expose-Headers", names))
        }
    }
}
