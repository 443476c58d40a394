import StepwellEngine

/// What a request says of its signature, in the header `Authorization` or in its query.
struct SignatureClaim {
    let accessKeyID: String
    let scope: SigningScope
    /// The names of the signed headers, in lower case and sorted.
    let signedHeaders: [String]
    let signature: String
    /// The time of signing, as written.
    let time: String
    let sessionToken: String?
    /// For how many seconds the signature is good; nil for one that does not say so, which is good
    /// as long as one in a header.
    let lifetimeSeconds: Int64?

    /// The claim of a request.
    ///
    /// - Throws: `MissingAuthenticationTokenException` when there is none,
    ///   `IncompleteSignatureException` when it is not complete.
    init(_ request: ServiceRequest) throws(ServiceError) {
        if let header = request.headerValues("authorization").first {
            self = try AuthorizationHeader.claim(header, of: request)
            return
        }
        let query = QueryParameters(request.pathAndQuery.query)
        guard query["X-Amz-Algorithm"] != nil || query["X-Amz-Signature"] != nil else {
            throw .missingAuthenticationToken
        }
        self = try Self.presigned(query)
    }

    /// A claim whose credential and signed headers are still text.
    init(
        credential: String,
        signedHeaders: String,
        signature: String,
        time: String,
        sessionToken: String?,
        lifetimeSeconds: Int64? = nil
    ) throws(ServiceError) {
        // An access key has no slash; AWS counts from the end all the same.
        let parts = credential.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 5 else {
            throw .incompleteSignature(
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                    + "keyid/date/region/service/term, got '\(credential)'"
            )
        }
        guard parts[4] == SigningScope.terminator else {
            throw .invalidSignature(
                "Credential should be scoped with a valid terminator: "
                    + "'\(SigningScope.terminator)', not '\(parts[4])'."
            )
        }
        accessKeyID = parts[0]
        scope = SigningScope(day: parts[1], region: parts[2], service: parts[3])
        self.signedHeaders = signedHeaders.utf8.split(separator: UInt8(ascii: ";")).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.signature = signature
        self.time = time
        self.sessionToken = sessionToken
        self.lifetimeSeconds = lifetimeSeconds
    }

    private static func lifetime(_ expires: String) throws(ServiceError) -> Int64 {
        guard let lifetime = Int64(expires), (0...604_800).contains(lifetime) else {
            throw .incompleteSignature(
                "X-Amz-Expires must be a number of seconds from 0 to 604800, not '\(expires)'."
            )
        }
        return lifetime
    }

    private static func presigned(_ query: QueryParameters) throws(ServiceError) -> SignatureClaim {
        let needed = [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders",
            "X-Amz-Signature",
        ]
        let missing = needed.filter { query[$0] == nil }
        guard missing.isEmpty else {
            let sentences = missing.map {
                "AWS query-string parameters must include '\($0)'."
            }
            throw .incompleteSignature(sentences.joined(separator: " "))
        }
        guard query["X-Amz-Algorithm"] == SigningScope.algorithm else {
            throw .incompleteSignature("Unsupported AWS 'algorithm': '\(query.algorithm)'.")
        }
        let lifetime = try query["X-Amz-Expires"].map(Self.lifetime)
        return try SignatureClaim(
            credential: query["X-Amz-Credential"] ?? "",
            signedHeaders: query["X-Amz-SignedHeaders"] ?? "",
            signature: query["X-Amz-Signature"] ?? "",
            time: query["X-Amz-Date"] ?? "",
            sessionToken: query["X-Amz-Security-Token"],
            lifetimeSeconds: lifetime
        )
    }
}

extension QueryParameters {
    fileprivate var algorithm: String { self["X-Amz-Algorithm"] ?? "" }
}
