package import StepwellEngine
import StepwellHistory
import StepwellJSON
package import StepwellTriggers

/// EventBridge's API on event buses: what `boto3.client("events")` calls.
///
/// Operations of features that this server does not have (archives, connections, endpoints …) are
/// refused by name.
package struct EventsSurface: ServedSurface {
    private static let prefix = "AWSEvents."

    private let service: EventBusService
    private let tokens: PageTokens
    private let unknownMembers: UnknownMembers

    /// A surface of triggers; page tokens are those of a store.
    package init(
        _ service: EventBusService,
        engine: Engine,
        unknownMembers: UnknownMembers = .refused
    ) {
        self.unknownMembers = unknownMembers
        self.service = service
        tokens = PageTokens(storeID: engine.store.identity.storeID, clock: engine.clock)
    }

    /// Requests to EventBridge are signed for `events`.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        name(of: request) == nil ? nil : .signature(service: "events")
    }

    /// The answer to a request to EventBridge.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        guard let name = name(of: request) else { return nil }
        guard let operation = EventsOperation.all[name] else {
            throw ServiceError(
                code: "UnknownOperationException",
                message: "The operation \(name) of EventBridge is not supported by this server"
            )
        }
        var response: ServiceResponse
        do throws(ServiceError) {
            let fields = try operation.call.fields(of: request.body, tokens, unknownMembers)
            response = ServiceResponse(json: try await operation.perform(fields, service))
        } catch {
            response = ServiceResponse(error)
        }
        response.contentType = "application/x-amz-json-1.1"
        if operation.isAudited {
            response.audited = operation.call.audited(request, source: "events.amazonaws.com")
        }
        return response
    }

    /// Whether an `X-Amz-Target` names an operation of EventBridge.
    static func isTarget(_ target: String?) -> Bool {
        target?.utf8.starts(with: prefix.utf8) ?? false
    }

    private func name(of request: ServiceRequest) -> String? {
        guard request.method == "POST", request.pathAndQuery.path == "/",
            let target = request.target, Self.isTarget(target)
        else { return nil }
        return String(target.utf8.dropFirst(Self.prefix.utf8.count))
    }
}

/// What an operation beside the API of Step Functions is called, and what it may be asked.
struct CallShape: Sendable {
    let name: String
    let members: [MemberShape]

    /// Reads and checks a request's body.
    ///
    /// - Throws: `SerializationException`, `ValidationException`.
    func fields(
        of body: [UInt8],
        _ tokens: PageTokens?,
        _ unknownMembers: UnknownMembers = .refused
    ) throws(ServiceError) -> RequestFields {
        let members = try SchedulerRequest.members(inBody: body)
        let validator = RequestValidator(operation: name, lowersNames: true)
        try unknownMembers.check(members, self.members, validator)
        return RequestFields(members, tokens: tokens)
    }

    /// What an audit log says of a request.
    func audited(_ request: ServiceRequest, source: String) -> AuditedCall {
        var call = AuditedCall(source: source, name: name)
        if case .object(let members)? = try? JSONParser.parse(request.body, maximumDepth: 64) {
            call.parameters = AuditView.members(members, self.members)
        }
        return call
    }
}
