import StepwellEngine

extension CanonicalRequest {
    /// The form of a request of this server.
    init(_ request: ServiceRequest, signed: [String], payloadHash: String) {
        let (path, query) = request.pathAndQuery
        self.init(
            method: request.method,
            path: path,
            query: query,
            headers: request.headers,
            signed: signed,
            payloadHash: payloadHash
        )
    }
}
