package import StepwellEngine

/// Something that a server answers beside the API of Step Functions: events, schedules, routes, the
/// console.
package protocol ServedSurface: Sendable {
    /// The answer; nil when the request is none of its business.
    ///
    /// - Throws: `ServiceError`, which is answered as the API's errors are.
    func respond(to request: ServiceRequest) async throws(ServiceError) -> ServiceResponse?

    /// Who says who sent the request; nil when the request is none of its business.
    func authentication(of request: ServiceRequest) -> SurfaceAuthentication?
}

/// Who says who sent a request to a ``ServedSurface``.
package enum SurfaceAuthentication: Sendable, Equatable {
    /// Its signature, for this service, where the server asks for signatures.
    case signature(service: String)
    /// The surface itself: keys of its own, sessions, or nobody.
    case own
}
