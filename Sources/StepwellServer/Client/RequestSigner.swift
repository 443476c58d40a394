import Crypto
import Foundation
package import StepwellEngine

/// Signs the requests of `ServiceClient` with Signature Version 4.
package struct RequestSigner: Sendable {
    private let key: AccessKey
    private let region: String
    private let clock: any EngineClock

    /// A signer with a key for a region.
    package init(
        key: AccessKey,
        region: String,
        clock: any EngineClock = SystemClock()
    ) {
        self.key = key
        self.region = region
        self.clock = clock
    }

    /// The signer that the environment of an AWS client asks for; nil when it has no credentials.
    ///
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` come first, then the
    /// section `AWS_PROFILE` (`default`) of `AWS_SHARED_CREDENTIALS_FILE` (`~/.aws/credentials`).
    /// The region is `AWS_REGION`, `AWS_DEFAULT_REGION` or `us-east-1`.
    ///
    /// - Throws: `CredentialsFileError` when the file or the section named cannot be used.
    package static func fromEnvironment(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(CredentialsFileError) -> RequestSigner? {
        let region = ["AWS_REGION", "AWS_DEFAULT_REGION"].compactMap { environment[$0] }
        guard let key = try key(environment) else { return nil }
        return RequestSigner(key: key, region: region.first ?? "us-east-1")
    }

    private static func key(
        _ environment: [String: String]
    ) throws(CredentialsFileError) -> AccessKey? {
        if let id = environment["AWS_ACCESS_KEY_ID"],
            let secret = environment["AWS_SECRET_ACCESS_KEY"]
        {
            return AccessKey(
                id: id,
                secret: secret,
                sessionToken: environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
            )
        }
        let named = environment["AWS_SHARED_CREDENTIALS_FILE"]
        let home = environment["HOME"].map { $0 + "/.aws/credentials" }
        guard let path = named ?? home else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            guard let named else { return nil }
            throw CredentialsFileError(named, "the file cannot be read")
        }
        let file = try CredentialsFile(String(decoding: data, as: UTF8.self), name: path)
        let profile = environment["AWS_PROFILE"]
        let key = file.profiles[profile ?? "default"]
        if key == nil, let profile {
            throw CredentialsFileError(path, "there is no access key in a section [\(profile)]")
        }
        return key
    }

    /// The headers of a request, those that carry its signature added.
    func signed(
        method: String,
        uri: String,
        headers: [(name: String, value: String)],
        body: [UInt8]
    ) -> [(name: String, value: String)] {
        let time = SigningTime.text(clock.now())
        var headers = headers
        headers.append(("X-Amz-Date", time))
        if let token = key.sessionToken { headers.append(("X-Amz-Security-Token", token)) }
        let request = ServiceRequest(method: method, uri: uri, headers: headers, body: body)
        let names = headers.map { $0.name.lowercased() }
            .filter { $0 == "host" || $0 == "content-type" || $0.utf8.starts(with: "x-amz-".utf8) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let canonical = CanonicalRequest(
            request,
            signed: names,
            payloadHash: CanonicalRequest.hash(body)
        )
        let day = String(decoding: time.utf8.prefix(8), as: UTF8.self)
        let scope = SigningScope(day: day, region: region, service: "states")
        let signature = SigningScope.signature(
            of: scope.stringToSign(canonical, time: time),
            key: scope.signingKey(secret: key.secret)
        )
        headers.append(
            (
                "Authorization",
                "\(SigningScope.algorithm) Credential=\(key.id)/\(scope.text), "
                    + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)"
            )
        )
        return headers
    }
}
