package import StepwellEngine
import StepwellJSON
package import StepwellTriggers

/// Answers EventBridge Scheduler's API: REST with JSON, as its service model has it; and, for the
/// console, `POST /` with a target that begins with `AWSScheduler.` and all members in the body.
package struct SchedulerSurface: ServedSurface {
    private let scheduler: Scheduler
    private let tokens: PageTokens
    private let unknownMembers: UnknownMembers

    /// A surface of a scheduler.
    package init(
        _ scheduler: Scheduler,
        tokens: PageTokens,
        unknownMembers: UnknownMembers = .refused
    ) {
        self.unknownMembers = unknownMembers
        self.scheduler = scheduler
        self.tokens = tokens
    }

    /// Signatures are for `scheduler`.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        isOwn(request) ? .signature(service: "scheduler") : nil
    }

    /// The answer; nil for other paths and targets.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        if let name = called(request) {
            guard let operation = SchedulerOperation.all.first(where: { $0.name == name }) else {
                throw ServiceError(
                    code: "UnknownOperationException",
                    message: "The operation \(name) is not one of EventBridge Scheduler's."
                )
            }
            return await answer(request, operation) { () throws(ServiceError) in
                try SchedulerRequest.members(inBody: request.body)
            } refusal: {
                ServiceResponse($0)
            }
        }
        guard let path = SchedulerRequest(request) else { return nil }
        guard let operation = path.operation else {
            return Self.refusal(
                ServiceError(
                    code: "UnknownOperationException",
                    message: "\(request.method) \(request.pathAndQuery.path) is not an operation "
                        + "of EventBridge Scheduler."
                )
            )
        }
        return await answer(request, operation) { () throws(ServiceError) in
            try path.members(of: operation)
        } refusal: {
            Self.refusal($0)
        }
    }

    private func isOwn(_ request: ServiceRequest) -> Bool {
        called(request) != nil || SchedulerRequest(request) != nil
    }

    /// The operation that a target names.
    private func called(_ request: ServiceRequest) -> String? {
        let prefix = "AWSScheduler."
        guard let target = request.target, target.utf8.starts(with: prefix.utf8),
            request.pathAndQuery.path == "/", request.method == "POST"
        else { return nil }
        return String(target.dropFirst(prefix.count))
    }

    private func answer(
        _ request: ServiceRequest,
        _ operation: SchedulerOperation,
        _ members: () throws(ServiceError) -> JSONObject,
        refusal: (ServiceError) -> ServiceResponse
    ) async -> ServiceResponse {
        var call = AuditedCall(source: "scheduler.amazonaws.com", name: operation.name)
        var response: ServiceResponse
        do throws(ServiceError) {
            let members = try members()
            call.parameters = AuditView.members(members, operation.shape)
            let answer = try await operation.respond(
                to: members,
                scheduler: scheduler,
                tokens: tokens,
                unknownMembers: unknownMembers
            )
            response = ServiceResponse(json: JSONWriter.write(.object(answer)))
            response.contentType = "application/json"
        } catch {
            response = refusal(error)
        }
        if operation.isChange { response.audited = call }
        return response
    }

    /// An error as REST-JSON has it.
    static func refusal(_ error: ServiceError) -> ServiceResponse {
        var response = ServiceResponse(
            json: JSONWriter.write(.object(["Message": .string(error.message)])),
            status: status(of: error)
        )
        response.contentType = "application/json"
        response.headers.append(("x-amzn-ErrorType", error.code.rawValue))
        return response
    }

    /// The HTTP status, by the service model.
    private static func status(of error: ServiceError) -> Int {
        switch error.code {
        case "ResourceNotFoundException", "UnknownOperationException": 404
        case "ThrottlingException": 429
        case "ServiceUnavailable", "InternalServerException": 500
        default: error.httpStatus
        }
    }
}
