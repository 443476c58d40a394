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
            throw .parameters("the endpoint \(endpoint.url) is no URL")
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
        checksum(&request, call)
        return request
    }

    /// The checksum of the body that S3's model wants, or that a caller chose.
    private func checksum(_ request: inout OutgoingRequest, _ call: AWSCall) {
        guard operation.checksumMember != nil || operation.needsChecksum else { return }
        let isGiven = request.headers.contains { name, _ in
            let name = name.lowercased()
            return name == "content-md5"
                || name.utf8.starts(with: "x-amz-checksum-".utf8) && name != "x-amz-checksum-type"
        }
        guard !isGiven else { return }
        if operation.checksumMember != nil {
            let sum = CRC32.checksum(request.body)
            let bytes = (0..<4).reversed().map {
                UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0))
            }
            request.headers.removeAll { $0.name.lowercased() == "x-amz-sdk-checksum-algorithm" }
            request.headers.append(("x-amz-sdk-checksum-algorithm", "CRC32"))
            request.headers.append(("x-amz-checksum-crc32", Base64.encode(bytes)))
        } else {
            let digest = Array(Insecure.MD5.hash(data: request.body))
            request.headers.append(("Content-MD5", Base64.encode(digest)))
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
