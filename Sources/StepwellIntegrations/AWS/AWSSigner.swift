import Crypto
import StepwellEngine
package import StepwellHistory

/// Signs requests to AWS services with Signature Version 4.
package struct AWSSigner: Sendable {
    /// The service's name in the scope, which is not always its endpoint's.
    package var service: String
    package var region: String

    package init(service: String, region: String) {
        self.service = service
        self.region = region
    }

    /// Adds to a request the headers that carry its signature.
    ///
    /// Signed are the host, the content's type and all `X-Amz-` headers.
    package func sign(
        _ request: inout OutgoingRequest,
        with credentials: AWSCredentials,
        at time: Timestamp
    ) {
        guard let url = URLParts(request.url) else { return }
        let text = SigningTime.text(time)
        let hash = CanonicalRequest.hash(request.body)
        let isS3 = service == "s3" || service == "s3express"
        let own: Set = ["host", "x-amz-date", "authorization", "x-amz-security-token"]
        request.headers.removeAll { own.contains($0.name.lowercased()) }
        request.headers.append(("Host", url.hostHeader))
        request.headers.append(("X-Amz-Date", text))
        if let token = credentials.sessionToken {
            request.headers.append(("X-Amz-Security-Token", token.reveal()))
        }
        if isS3, request.header("x-amz-content-sha256") == nil {
            request.headers.append(("X-Amz-Content-SHA256", hash))
        }
        let names = Set(request.headers.map { $0.name.lowercased() })
            .filter { $0 == "host" || $0 == "content-type" || $0.utf8.starts(with: "x-amz-".utf8) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let canonical = CanonicalRequest(
            method: request.method,
            path: url.path,
            query: url.query,
            headers: request.headers,
            signed: names,
            payloadHash: hash,
            pathForm: isS3 ? .asSent : .normalized
        )
        let day = String(decoding: text.utf8.prefix(8), as: UTF8.self)
        let scope = SigningScope(day: day, region: region, service: service)
        let signature = SigningScope.signature(
            of: scope.stringToSign(canonical, time: text),
            key: scope.signingKey(secret: credentials.secretAccessKey.reveal())
        )
        request.headers.append(
            (
                "Authorization",
                "\(SigningScope.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), "
                    + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)"
            )
        )
    }
}

extension OutgoingRequest {
    /// The first header of a name, whatever its case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}
