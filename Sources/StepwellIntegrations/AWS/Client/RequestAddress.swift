import Crypto
import StepwellEngine
import StepwellJSON

/// Makes a protocol's request one that goes to an endpoint.
struct RequestAddress {
    let endpoint: AWSEndpoint
    let model: ServiceModel
    let operation: OperationModel

    /// The request, not signed yet.
    func request(_ wire: WireRequest, _ call: AWSCall) throws(AWSFault) -> OutgoingRequest {
        guard let base = URLParts(endpoint.url) else {
            throw .parameters("the endpoint \(endpoint.url) is not a URL")
        }
        var parts = base
        var path = wire.path
        if !endpoint.isOverridden {
            if let prefix = wire.hostPrefix { parts.host = prefix + parts.host }
            if model.metadata.signingName == "s3", let bucket = wire.bucket,
                Self.isHostName(bucket), path.hasPrefix("/\(bucket)")
            {
                parts.host = "\(bucket).\(parts.host)"
                path = String(path.dropFirst(bucket.count + 1))
                if path.isEmpty { path = "/" }
            }
        }
        parts.path = base.path == "/" ? path : base.path + path
        parts.query = wire.queryText
        var request = OutgoingRequest(
            method: wire.method,
            url: parts.url,
            // The length is what the body has, whatever a task says of it.
            headers: wire.headers.filter { $0.name.lowercased() != "content-length" },
            body: wire.body,
            timeout: call.timeout
        )
        for header in demanded where request.header(header.name.lowercased()) == nil {
            request.headers.append(header)
        }
        try addChecksum(to: &request)
        return request
    }

    /// Headers that a service's API wants, of which its model says nothing.
    private var demanded: [(name: String, value: String)] {
        switch model.metadata.endpointPrefix {
        // Else it answers in a form of JSON that is not the model's.
        case "apigateway": [("Accept", "application/json")]
        case "glacier": [("x-amz-glacier-version", model.metadata.apiVersion)]
        default: []
        }
    }

    /// Adds the checksum of the body that S3's model wants, or that a caller chose.
    private func addChecksum(to request: inout OutgoingRequest) throws(AWSFault) {
        guard let member = operation.checksumMember else {
            guard operation.needsChecksum, request.header("content-md5") == nil else { return }
            let digest = Array(Insecure.MD5.hash(data: request.body))
            request.headers.append(("Content-MD5", Base64.encode(digest)))
            return
        }
        let isGiven = request.headers.contains { name, _ in
            let name = name.lowercased()
            return name.utf8.starts(with: "x-amz-checksum-".utf8) && name != "x-amz-checksum-type"
        }
        guard !isGiven else { return }
        let chosen = request.header("x-amz-sdk-checksum-algorithm") ?? "CRC32"
        guard let sum = Self.checksum(chosen.uppercased(), of: request.body) else {
            throw .parameters("The value for the field '\(member)' must be CRC32, SHA1 or SHA256")
        }
        request.headers.removeAll { $0.name.lowercased() == "x-amz-sdk-checksum-algorithm" }
        request.headers.append(("x-amz-sdk-checksum-algorithm", chosen))
        request.headers.append(("x-amz-checksum-" + chosen.lowercased(), Base64.encode(sum)))
    }

    private static func checksum(_ algorithm: String, of body: [UInt8]) -> [UInt8]? {
        switch algorithm {
        case "CRC32":
            var checksum = Checksum()
            checksum.take(body[...])
            let value = checksum.value
            return (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        case "SHA1": return Array(Insecure.SHA1.hash(data: body))
        case "SHA256": return Array(SHA256.hash(data: body))
        default: return nil
        }
    }

    /// Whether a bucket's name can be part of a host's, its certificate included.
    private static func isHostName(_ bucket: String) -> Bool {
        let isPlain = bucket.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
        }
        return isPlain && (3...63).contains(bucket.utf8.count) && bucket.utf8.first != 45
            && bucket.utf8.last != 45
    }
}
