package import Logging
package import StepwellEngine

/// Answers requests: finds the operation that `X-Amz-Target` names, and has it done.
package struct Router: Sendable {
    /// What does the work.
    package let engine: Engine
    private let logger: Logger
    let authenticator: Authenticator?
    private let throttle: Throttle?
    private let audit: AuditLog?
    let access: AccessLog?
    let requests: RequestMetrics?
    let refusals: RefusalLog
    private let tokens: PageTokens
    private let unknownMembers: UnknownMembers
    /// What is answered beside the API, in the order in which they are asked.
    let surfaces: [any ServedSurface]
    /// What `/metrics` shows; nil where there is no such page.
    let metrics: MetricsRegistry?

    /// A router to an engine; with an `authenticator` it takes signed requests only, with a
    /// `throttle` it refuses what comes too fast.
    ///
    /// `unknownMembers` is what becomes of members of requests that this server does not know.
    package init(
        engine: Engine,
        logger: Logger = Logger(label: "stepwell.server"),
        authenticator: Authenticator? = nil,
        throttle: Throttle? = nil,
        audit: AuditLog? = nil,
        access: AccessLog? = nil,
        metrics: MetricsRegistry? = nil,
        unknownMembers: UnknownMembers = .refused,
        surfaces: [any ServedSurface] = []
    ) {
        self.engine = engine
        self.logger = logger
        self.authenticator = authenticator
        self.throttle = throttle
        self.audit = audit
        self.access = access
        self.metrics = metrics
        requests = metrics == nil ? nil : RequestMetrics()
        refusals = RefusalLog(logger)
        self.unknownMembers = unknownMembers
        self.surfaces = surfaces
        tokens = PageTokens(engine)
    }

    /// The answer to a request.
    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        let begin = ContinuousClock.now
        var request = request
        let response: ServiceResponse
        do throws(ServiceError) {
            try identify(&request)
            response = await forward(request)
        } catch {
            response = noted(ServiceResponse(error), to: request)
        }
        let duration = ContinuousClock.now - begin
        requests?.record(request.subject, status: response.status, duration)
        request.caller = response.audited?.caller ?? response.caller ?? request.caller
        access?.record(request, response, duration)
        noteSignIn(request, response)
        return response
    }

    /// The answer to a request whose sender is known, or was not asked: `ServiceRequest.caller`.
    package func forward(_ request: ServiceRequest) async -> ServiceResponse {
        noted(await answered(request), to: request)
    }

    private func noted(
        _ response: ServiceResponse,
        to request: ServiceRequest
    ) -> ServiceResponse {
        var response = response
        response.requestID = request.id
        audit?.record(request, response)
        return response
    }

    private func answered(_ request: ServiceRequest) async -> ServiceResponse {
        guard !request.isReadOnly || request.isReading else {
            return ServiceResponse(.accessDenied(request.caller, request.action))
        }
        do {
            return try await TraceContext.$current.withValue(request.trace) {
                try await answer(request)
            }
        } catch let error as ServiceError {
            return ServiceResponse(error)
        } catch is CancellationError {
            let message = "The server is stopping."
            return ServiceResponse(ServiceError(code: "ServiceUnavailable", message: message))
        } catch {
            logger.error("\(request.target ?? request.uri): \(error)")
            let message = "The server failed; see its log."
            return ServiceResponse(ServiceError(code: "InternalServerError", message: message))
        }
    }

    private func answer(_ request: ServiceRequest) async throws -> ServiceResponse {
        let path = request.pathAndQuery.path
        switch (path, request.method) {
        case ("/", "POST") where request.operationName != nil:
            let operation = try operation(of: request)
            try throttle?.admit(operation.name)
            return try await operation.respond(
                to: request.body,
                engine: engine,
                tokens: tokens,
                unknown: unknownMembers
            )
        case ("/health", "GET"), ("/health", "HEAD"):
            return health()
        case ("/ready", "GET"), ("/ready", "HEAD"):
            return await readiness()
        case ("/metrics", "GET") where metrics != nil, ("/metrics", "HEAD") where metrics != nil:
            return measurements()
        case ("/health", let method), ("/ready", let method):
            return refused(method, allowed: "GET, HEAD")
        case ("/metrics", let method) where metrics != nil:
            return refused(method, allowed: "GET, HEAD")
        default:
            for surface in surfaces {
                if let response = try await surface.respond(to: request) { return response }
            }
            if path == "/" {
                if request.method != "POST" { return refused(request.method, allowed: "POST") }
                throw unknownTarget(request)
            }
            throw ServiceError(
                code: "NotFound",
                message: "There is nothing at '\(path)': the API is POST /, with the operation "
                    + "in the header X-Amz-Target."
            )
        }
    }

    private func refused(_ method: String, allowed: String) -> ServiceResponse {
        let message = "\(method) is not allowed here; use \(allowed)."
        var response = ServiceResponse(ServiceError(code: "MethodNotAllowed", message: message))
        response.headers.append(("Allow", allowed))
        return response
    }

    private func operation(of request: ServiceRequest) throws(ServiceError) -> Operation {
        guard let name = request.operationName else { throw unknownTarget(request) }
        guard let operation = request.isOwn ? Operation.own[name] : Operation.all[name] else {
            throw Self.unknown("The operation \(name) is not supported by this server")
        }
        try checkEncoding(of: request)
        return operation
    }

    private func unknownTarget(_ request: ServiceRequest) -> ServiceError {
        guard let target = request.target, !target.isEmpty else {
            return Self.unknown(
                "The request names no operation: the header X-Amz-Target is missing"
            )
        }
        return Self.unknown(
            "'\(target)' is not an operation of this service, whose targets begin with "
                + "'AWSStepFunctions.'"
        )
    }

    private static func unknown(_ message: String) -> ServiceError {
        ServiceError(code: "UnknownOperationException", message: message)
    }

    private func checkEncoding(of request: ServiceRequest) throws(ServiceError) {
        let type = request.contentType ?? "application/x-amz-json-1.0"
        let media = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
        guard Self.mediaTypes.contains(String(decoding: media, as: UTF8.self).lowercased()) else {
            throw Self.unsupported("Content-Type '\(type)'", use: "application/x-amz-json-1.0")
        }
        if let encoding = request.contentEncoding, encoding != "identity" {
            throw Self.unsupported("Content-Encoding '\(encoding)'", use: "identity")
        }
    }

    private static let mediaTypes: Set = [
        "application/x-amz-json-1.0", "application/x-amz-json-1.1", "application/json",
    ]

    private static func unsupported(_ what: String, use other: String) -> ServiceError {
        ServiceError(
            code: "UnsupportedMediaType",
            message: "\(what) is not understood; use \(other)"
        )
    }
}
