import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("Whose request it is")
struct AuthenticatorTests {
    private struct Keys: AccessKeySource {
        let keys: [String: AccessKey]
    }

    private struct FixedClock: EngineClock {
        let time: Timestamp
        func now() -> Timestamp { time }
        func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 { 0 }
    }

    private static let now = Timestamp(milliseconds: 1_440_938_160_000)
    private static let permanent = AccessKey(id: "AKIDPERMANENT", secret: "one")
    private static let temporary = AccessKey(
        id: "ASIATEMPORARY",
        secret: "two",
        sessionToken: "token",
        expiration: now.advanced(byMilliseconds: 3_600_000)
    )

    private func authenticator(after milliseconds: Int64 = 0) -> Authenticator {
        let keys = [Self.permanent, Self.temporary].map { ($0.id, $0) }
        return Authenticator(
            source: Keys(keys: Dictionary(uniqueKeysWithValues: keys)),
            region: "us-east-1",
            clock: FixedClock(time: Self.now.advanced(byMilliseconds: milliseconds))
        )
    }

    private func signed(
        by key: AccessKey = permanent,
        region: String = "us-east-1",
        after milliseconds: Int64 = 0,
        target: String = "AWSStepFunctions.ListActivities"
    ) -> ServiceRequest {
        let body = Array("{}".utf8)
        let time = Self.now.advanced(byMilliseconds: milliseconds)
        let text = SigningTime.text(time)
        var headers = [
            (name: "Host", value: "localhost:8083"), (name: "X-Amz-Target", value: target),
            (name: "X-Amz-Date", value: text),
        ]
        if let token = key.sessionToken { headers.append(("X-Amz-Security-Token", token)) }
        let names = headers.map { $0.name.lowercased() }.sorted()
        let canonical = CanonicalRequest(
            method: "POST",
            path: "/",
            query: "",
            headers: headers,
            signed: names,
            payloadHash: CanonicalRequest.hash(body)
        )
        let scope = SigningScope(day: String(text.prefix(8)), region: region, service: "states")
        let signature = SigningScope.signature(
            of: scope.stringToSign(canonical, time: text),
            key: scope.signingKey(secret: key.secret)
        )
        let authorization =
            "\(SigningScope.algorithm) Credential=\(key.id)/\(scope.text), "
            + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)"
        headers.append(("Authorization", authorization))
        return ServiceRequest(target: target, headers: headers, body: body)
    }

    private func refusal(
        of request: ServiceRequest,
        after milliseconds: Int64 = 0
    ) -> ServiceError? {
        do throws(ServiceError) {
            let id = try authenticator(after: milliseconds).accessKey(of: request).id
            Issue.record("taken for a request of \(id)")
            return nil
        } catch {
            return error
        }
    }

    @Test("A request is its signer's, with a session token too")
    func accepted() throws {
        #expect(try authenticator().accessKey(of: signed()).id == "AKIDPERMANENT")
        let request = signed(by: Self.temporary)
        #expect(try authenticator().accessKey(of: request).id == "ASIATEMPORARY")
    }

    @Test("Whatever is changed after signing is noticed")
    func changed() throws {
        let text = "The request signature we calculated does not match the signature you provided."
        let index = try #require(signed().headers.firstIndex { $0.name == "X-Amz-Target" })
        let changes: [(inout ServiceRequest) -> Void] = [
            { $0.body = Array(#"{"maxResults":1}"#.utf8) },
            { $0.uri = "/?a=b" },
            { $0.method = "PUT" },
            { $0.headers[0].value = "elsewhere" },
            { $0.headers[index].value = "AWSStepFunctions.DeleteActivity" },
            { $0.headers.append(("x-amz-target", "AWSStepFunctions.DeleteActivity")) },
        ]
        for change in changes {
            var request = signed()
            change(&request)
            let refusal = refusal(of: request)
            #expect(refusal?.code == "InvalidSignatureException")
            #expect(refusal?.message.hasPrefix(text) == true)
        }
        var extra = signed()
        extra.headers.append(("X-Amz-Other", "1"))
        #expect(refusal(of: extra)?.message.hasPrefix("'x-amz-other' must be a") == true)
    }

    @Test("Keys and tokens that are not known")
    func unknown() {
        let others = [
            AccessKey(id: "AKIDUNKNOWN", secret: "one"),
            AccessKey(id: "AKIDPERMANENT", secret: "one", sessionToken: "token"),
            AccessKey(id: "ASIATEMPORARY", secret: "two"),
            AccessKey(id: "ASIATEMPORARY", secret: "two", sessionToken: "toker"),
        ]
        for key in others {
            #expect(refusal(of: signed(by: key)) == .unrecognizedClient)
        }
        let wrong = AccessKey(id: "AKIDPERMANENT", secret: "two")
        #expect(refusal(of: signed(by: wrong)) == .signatureMismatch)
        let late = signed(by: Self.temporary, after: 3_600_000)
        #expect(refusal(of: late, after: 3_600_000) == .expiredToken)
    }

    @Test("Signatures are good for a quarter of an hour around their time")
    func time() throws {
        let quarter: Int64 = 900_000
        for distance in [-quarter, quarter] {
            let request = signed()
            #expect(throws: Never.self) {
                try authenticator(after: distance).accessKey(of: request).id
            }
        }
        let late = refusal(of: signed(), after: quarter + 1000)
        #expect(late?.code == "InvalidSignatureException")
        #expect(
            late?.message == "Signature expired: 20150830T123600Z is now earlier than "
                + "20150830T123601Z (20150830T125101Z - 15 min.)"
        )
        let early = refusal(of: signed(), after: -quarter - 1000)
        #expect(early?.message.hasPrefix("Signature not yet current: 20150830T123600Z") == true)
    }

    @Test("Scopes of another region, service or day")
    func scope() {
        let region = refusal(of: signed(region: "eu-west-1"))
        let text = "Credential should be scoped to a valid region, not 'eu-west-1'. "
        #expect(region?.message == text)
        let replacements = [
            ("/states/", "/s3/", "Credential should be scoped to correct service: 'states'. "),
            ("/20150830/", "/20150829/", "Date in Credential scope does not match"),
            ("aws4_request", "aws5_request", "Credential should be scoped with a valid terminator"),
        ]
        for (old, new, text) in replacements {
            var request = signed()
            let last = request.headers.count - 1
            request.headers[last].value.replace(old, with: new)
            let refusal = refusal(of: request)
            #expect(refusal?.code == "InvalidSignatureException")
            #expect(refusal?.message.hasPrefix(text) == true, "\(refusal?.message ?? "")")
        }
    }

    @Test("Headers that say too little")
    func incomplete() {
        #expect(refusal(of: ServiceRequest()) == .missingAuthenticationToken)
        let cases = [
            ("Bearer abc", "Authorization header requires 'Credential' parameter. "),
            ("AWS4-HMAC-SHA256 Credential", "'Credential' not a valid key=value pair"),
            (
                "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
                "Authorization header requires existence of a 'X-Amz-Date' header."
            ),
        ]
        for (header, text) in cases {
            let refusal = refusal(of: ServiceRequest(headers: [("authorization", header)]))
            #expect(refusal?.code == "IncompleteSignatureException")
            #expect(refusal?.message.hasPrefix(text) == true, "\(refusal?.message ?? "")")
        }
    }
}
