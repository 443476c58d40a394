import StepwellHistory

/// Credentials that a container's or an instance's surroundings give.
///
/// These are the only calls that may go to link-local addresses, and they go nowhere else but to
/// loopback and, where the environment says so, by https.
struct MetadataCredentials: Sendable {
    let environment: [String: String]
    let transport: any HTTPTransport

    /// Addresses that may be asked for a container's credentials without https.
    private static let containerHosts: Set = [
        "localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
    ]

    /// What a container's surroundings give; nil when the environment names nothing to ask.
    func container() async throws(AWSFault) -> AWSCredentials? {
        let url: String
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"], !path.isEmpty {
            url = "http://169.254.170.2" + path
        } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"], !full.isEmpty {
            url = full
        } else {
            return nil
        }
        guard let parts = URLParts(url),
            parts.scheme == "https" || Self.containerHosts.contains(parts.host.lowercased())
        else {
            throw .credentials("the container's credentials: \(url) is not a URL to be called")
        }
        var token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], !path.isEmpty {
            guard let bytes = SmallFile.read(path, limit: 65_536) else {
                throw .credentials("the container's credentials: \(path) cannot be read")
            }
            token = String(decoding: bytes, as: UTF8.self)
        }
        let header = token.map { [("Authorization", $0.filter { !$0.isNewline })] } ?? []
        let body = try await get(url, headers: header, source: "the container's credentials")
        return try CredentialsDocument.credentials(body, source: "the container's endpoint")
    }

    /// What an instance's metadata service (version 2) gives; nil when it is not to be asked.
    func instance() async throws(AWSFault) -> AWSCredentials? {
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        let source = "the instance's metadata"
        let given = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? ""
        let mode = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.lowercased()
        let usual = mode == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
        let base = given.isEmpty ? usual : Self.withoutSlash(given)
        let token = try await send(
            "PUT",
            base + "/latest/api/token",
            headers: [("X-aws-ec2-metadata-token-ttl-seconds", "21600")],
            source: source
        )
        let header = [("X-aws-ec2-metadata-token", String(decoding: token, as: UTF8.self))]
        let path = base + "/latest/meta-data/iam/security-credentials/"
        let roles = try await get(path, headers: header, source: source)
        let role = roles.split(separator: 0x0A).first.map { String(decoding: $0, as: UTF8.self) }
        guard let role, !role.isEmpty else {
            throw .credentials("\(source): the instance has no role")
        }
        let body = try await get(path + role, headers: header, source: source)
        return try CredentialsDocument.credentials(body, source: source)
    }

    private static func withoutSlash(_ url: String) -> String {
        url.utf8.last == UInt8(ascii: "/") ? String(url.dropLast()) : url
    }

    private func get(
        _ url: String,
        headers: [(String, String)],
        source: String
    ) async throws(AWSFault) -> [UInt8] {
        try await send("GET", url, headers: headers, source: source)
    }

    private func send(
        _ method: String,
        _ url: String,
        headers: [(String, String)],
        source: String
    ) async throws(AWSFault) -> [UInt8] {
        let request = OutgoingRequest(
            method: method,
            url: url,
            headers: headers.map { (name: $0.0, value: $0.1) },
            timeout: .seconds(2),
            maximumAnswerBytes: 65_536
        )
        let answer: OutgoingAnswer
        do {
            answer = try await transport.send(request)
        } catch .cancelled {
            throw .cancelled
        } catch {
            throw .credentials("\(source): \(url) cannot be reached")
        }
        guard answer.status == 200 else {
            throw .credentials("\(source): \(url) answered with status \(answer.status)")
        }
        return answer.body
    }
}
