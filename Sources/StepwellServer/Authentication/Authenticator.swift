import Crypto
package import StepwellEngine
import StepwellHistory
import Synchronization

/// Says who sent a request, by its AWS Signature Version 4.
///
/// Signatures are accepted in the header `Authorization` and, presigned, in the query. Everything
/// that decides what a request does is covered: the method, the path, the query, the host, every
/// `X-Amz-` header (hence the operation) and the body.
package final class Authenticator: Sendable {
    /// How far a signature's time may be from the server's, in milliseconds.
    static let skewMilliseconds: Int64 = 15 * 60_000

    private struct KeyName: Hashable {
        let secret: String
        let scope: SigningScope
    }

    /// The keys that are taken.
    package let source: any AccessKeySource
    private let region: String
    private let clock: any EngineClock
    /// Derived keys: four HMACs each, and good for a day.
    private let derived = Mutex<[KeyName: SymmetricKey]>([:])

    /// An authenticator that takes signatures for `region` by the keys of `source`.
    package init(source: any AccessKeySource, region: String, clock: any EngineClock) {
        self.source = source
        self.region = region
        self.clock = clock
    }

    /// The access key that a request to a service is signed with.
    ///
    /// - Throws: AWS's errors for requests that are not, or not well, signed.
    package func accessKey(
        of request: ServiceRequest,
        service: String = "states"
    ) throws(ServiceError) -> AccessKey {
        let claim = try SignatureClaim(request)
        try checkScope(claim, service: service)
        try checkTime(claim)
        try checkSignedHeaders(claim, request)
        guard let key = source.keys[claim.accessKeyID] else { throw .unrecognizedClient }
        try checkToken(claim, key)
        let hash = CanonicalRequest.hash(request.body)
        let canonical = CanonicalRequest(request, signed: claim.signedHeaders, payloadHash: hash)
        let text = claim.scope.stringToSign(canonical, time: claim.time)
        let expected = SigningScope.signature(of: text, key: signingKey(key, claim.scope))
        guard ConstantTime.areEqual(expected, claim.signature) else { throw .signatureMismatch }
        return key
    }

    private func checkScope(
        _ claim: SignatureClaim,
        service: String
    ) throws(ServiceError) {
        var problems: [String] = []
        if !claim.scope.region.utf8.elementsEqual(region.utf8) {
            let given = claim.scope.region
            problems.append("Credential should be scoped to a valid region, not '\(given)'. ")
        }
        if !claim.scope.service.utf8.elementsEqual(service.utf8) {
            problems.append("Credential should be scoped to correct service: '\(service)'. ")
        }
        if claim.scope.day != claim.time.utf8.prefix(8).text {
            problems.append(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                    + "from HTTP: '\(claim.scope.day)' != '\(claim.time.utf8.prefix(8).text)', "
                    + "from '\(claim.time)'."
            )
        }
        guard problems.isEmpty else { throw .invalidSignature(problems.joined()) }
    }

    private func checkTime(_ claim: SignatureClaim) throws(ServiceError) {
        guard let time = SigningTime.parse(claim.time) else {
            throw .incompleteSignature(
                "Date must be in ISO-8601 'basic format'. Got '\(claim.time)'. See "
                    + "http://en.wikipedia.org/wiki/ISO_8601"
            )
        }
        let now = clock.now()
        let skew = Self.skewMilliseconds
        let minutes = skew / 60_000
        let latest = now.advanced(byMilliseconds: skew)
        guard time <= latest else {
            throw .invalidSignature(
                "Signature not yet current: \(claim.time) is still later than "
                    + "\(SigningTime.text(latest)) (\(SigningTime.text(now)) + \(minutes) min.)"
            )
        }
        let end = time.advanced(byMilliseconds: claim.lifetimeSeconds.map { $0 * 1000 } ?? skew)
        guard now <= end else {
            let earliest = now.advanced(byMilliseconds: -skew)
            let detail =
                claim.lifetimeSeconds == nil
                ? "\(claim.time) is now earlier than \(SigningTime.text(earliest)) "
                    + "(\(SigningTime.text(now)) - \(minutes) min.)"
                : "\(SigningTime.text(end)) is now earlier than \(SigningTime.text(now))"
            throw .invalidSignature("Signature expired: \(detail)")
        }
    }

    /// Refuses signatures that leave open what the request does.
    private func checkSignedHeaders(
        _ claim: SignatureClaim,
        _ request: ServiceRequest
    ) throws(ServiceError) {
        for name in claim.signedHeaders where request.headerValues(name).isEmpty {
            throw .incompleteSignature(
                "'\(name)' is named as a SignedHeader, but it does not exist in the HTTP request."
            )
        }
        guard claim.signedHeaders.contains("host") else {
            throw .invalidSignature(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
            )
        }
        for (name, _) in request.headers {
            let name = name.lowercased()
            guard name.utf8.starts(with: "x-amz-".utf8) else { continue }
            guard claim.signedHeaders.contains(name) else {
                throw .invalidSignature(
                    "'\(name)' must be a 'SignedHeader' in the AWS Authorization."
                )
            }
        }
    }

    private func checkToken(_ claim: SignatureClaim, _ key: AccessKey) throws(ServiceError) {
        let isRight = ConstantTime.areEqual(claim.sessionToken ?? "", key.sessionToken ?? "")
        guard isRight else { throw .unrecognizedClient }
        if let expiration = key.expiration, expiration <= clock.now() { throw .expiredToken }
    }

    private func signingKey(_ key: AccessKey, _ scope: SigningScope) -> SymmetricKey {
        let name = KeyName(secret: key.secret, scope: scope)
        return derived.withLock { derived in
            if let known = derived[name] { return known }
            // Days pass and keys change: what is old goes with everything else.
            if derived.count >= 256 { derived.removeAll() }
            let key = scope.signingKey(secret: key.secret)
            derived[name] = key
            return key
        }
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
