import StepwellEngine
import StepwellHistory
import StepwellJSON
import Testing

@testable import StepwellIntegrations

@Suite("The AWS client")
struct AWSClientTests {
    private struct StillClock: EngineClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_600_000_000_000) }

        func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 { .max }
    }

    private static let keys = [
        "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "SECRET",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9/base/",
    ]

    private static func client(
        _ transport: ScriptedTransport,
        metadata: ScriptedTransport = ScriptedTransport(404, ""),
        environment: [String: String] = keys,
        region: String? = nil
    ) -> AWSClient {
        var settings = IntegrationSettings()
        settings.aws.region = region
        return AWSClient(
            settings: LiveSettings(settings),
            defaultRegion: "us-east-1",
            environment: environment,
            clock: StillClock(),
            library: .builtIn(),
            transport: transport,
            metadata: metadata,
            pause: { _ in }
        )
    }

    private static let get = AWSCall(
        service: "dynamodb",
        action: "GetItem",
        parameters: ["TableName": "t", "Key": ["id": ["S": "1"]]],
        // Nothing of these tests is to depend on how long they take.
        timeout: .seconds(1_000_000)
    )

    @Test("A call is a signed request; its answer the result")
    func call() async throws {
        let transport = ScriptedTransport(
            200,
            #"{"Item":{"id":{"S":"1"}}}"#,
            headers: [("x-amzn-RequestId", "R1")]
        )
        let answer = try await Self.client(transport).call(Self.get)
        #expect(JSONValue.object(answer.output) == ["Item": ["id": ["S": "1"]]])
        #expect(answer.requestID == "R1")
        let request = try #require(transport.requests.first)
        #expect(request.url == "http://127.0.0.1:9/base/")
        #expect(request.header("x-amz-target") == "DynamoDB_20120810.GetItem")
        #expect(request.header("content-type") == "application/x-amz-json-1.0")
        #expect(request.header("authorization")?.contains("/us-east-1/dynamodb/") == true)
        let body = try JSONParser.parse(request.body)
        #expect(body == .object(Self.get.parameters))
    }

    @Test("Throttling, errors of the server and broken connections are tried three times")
    func retries() async throws {
        let throttled = OutgoingAnswer(
            status: 400,
            body: Array(##"{"__type":"x#ThrottlingException","message":"slow"}"##.utf8)
        )
        let good = OutgoingAnswer(status: 200, body: Array("{}".utf8))
        let recovered = ScriptedTransport([
            .success(throttled), .failure(.connection("reset")), .success(good),
        ])
        _ = try await Self.client(recovered).call(Self.get)
        #expect(recovered.requests.count == 3)

        let failing = ScriptedTransport(503, "")
        let fault = await #expect(throws: AWSFault.self) {
            try await Self.client(failing).call(Self.get)
        }
        guard case .service(let service)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(failing.requests.count == 3)
        #expect(service.attempts == 3)
        #expect(service.code == "ServiceUnavailable")

        let refused = ScriptedTransport(
            400,
            #"{"__type":"a.b#ResourceNotFoundException:http://x"}"#
        )
        let once = await #expect(throws: AWSFault.self) {
            try await Self.client(refused).call(Self.get)
        }
        #expect(refused.requests.count == 1)
        guard case .service(let named)? = once else { Issue.record("\(once as Any)"); return }
        #expect(named.code == "ResourceNotFoundException")
        #expect(named.shape == "ResourceNotFoundException")
    }

    @Test("What is given up, refused by a rule or too large is not tried again")
    func final() async throws {
        for fault in [TransportFault.cancelled, .refused("rule"), .tooLarge(limit: 1)] {
            let transport = ScriptedTransport([.failure(fault)])
            await #expect(throws: AWSFault.self) {
                try await Self.client(transport).call(Self.get)
            }
            #expect(transport.requests.count == 1)
        }
    }

    @Test("Keys that have ended are fetched anew, once")
    func expired() async throws {
        let expired = OutgoingAnswer(
            status: 400,
            body: Array(#"{"__type":"ExpiredTokenException","message":"old"}"#.utf8)
        )
        let transport = ScriptedTransport([.success(expired)])
        await #expect(throws: AWSFault.self) { try await Self.client(transport).call(Self.get) }
        #expect(transport.requests.count == 2)
    }

    @Test("A call that is refused for its time is signed again by the service's")
    func skew() async throws {
        let skewed = OutgoingAnswer(
            status: 403,
            headers: [("Date", "Sun, 13 Sep 2020 13:26:40 GMT")],
            body: Array(##"{"__type":"x#InvalidSignatureException","message":"expired"}"##.utf8)
        )
        let good = OutgoingAnswer(status: 200, body: Array("{}".utf8))
        let transport = ScriptedTransport([.success(skewed), .success(good)])
        let client = Self.client(transport)
        _ = try await client.call(Self.get)
        _ = try await client.call(Self.get)
        #expect(
            transport.requests.map { $0.header("x-amz-date") } == [
                "20200913T122640Z", "20200913T132640Z", "20200913T132640Z",
            ]
        )
        // The time is not to blame for what is refused at the right one.
        let refusing = ScriptedTransport([.success(skewed)])
        await #expect(throws: AWSFault.self) { try await Self.client(refusing).call(Self.get) }
        #expect(refusing.requests.count == 2)
    }

    @Test("Credentials whose source is away for a while are not the same as none")
    func sourceAway() async throws {
        let away = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9", "HOME": "/none"]
        let role = OutgoingAnswer(status: 200, body: Array("role".utf8))
        let keys = OutgoingAnswer(
            status: 200,
            body: Array(
                #"{"AccessKeyId":"I","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}"#
                    .utf8
            )
        )
        let metadata = ScriptedTransport([
            .success(role), .success(role), .success(keys), .failure(.connection("away")),
        ])
        let client = Self.client(
            ScriptedTransport(200, "{}"),
            metadata: metadata,
            environment: away
        )
        _ = try await client.call(Self.get)
        let fault = await #expect(throws: AWSFault.self) { try await client.call(Self.get) }
        guard case .credentials? = fault else { Issue.record("\(fault as Any)"); return }
        let never = Self.client(
            ScriptedTransport(200, "{}"),
            metadata: ScriptedTransport([.failure(.connection("away"))]),
            environment: away
        )
        let none = await #expect(throws: AWSFault.self) { try await never.call(Self.get) }
        guard case .unserved? = none else { Issue.record("\(none as Any)"); return }
    }

    @Test("Without an endpoint of somebody's it is AWS's, and S3's buckets are hosts")
    func standardEndpoints() async throws {
        var environment = Self.keys
        environment["AWS_ENDPOINT_URL"] = nil
        let transport = ScriptedTransport(200, "")
        let client = Self.client(transport, environment: environment, region: "cn-north-1")
        _ = try? await client.call(Self.get)
        for bucket in ["plain-bucket", "dotted.bucket"] {
            _ = try await client.call(
                AWSCall(
                    service: "s3",
                    action: "GetObject",
                    parameters: ["Bucket": .string(bucket), "Key": "a b/c"],
                    region: "eu-west-1"
                )
            )
        }
        #expect(
            transport.requests.map(\.url) == [
                "https://dynamodb.cn-north-1.amazonaws.com.cn/",
                "https://plain-bucket.s3.eu-west-1.amazonaws.com/a%20b/c",
                "https://s3.eu-west-1.amazonaws.com/dotted.bucket/a%20b/c",
            ]
        )
    }

    @Test("A region cannot bring another host into the endpoint")
    func regions() async throws {
        var environment = Self.keys
        environment["AWS_ENDPOINT_URL"] = nil
        let transport = ScriptedTransport(200, "{}")
        let client = Self.client(transport, environment: environment, region: "evil.example/#")
        await #expect(throws: AWSFault.self) { try await client.call(Self.get) }
        #expect(transport.requests.isEmpty)
    }

    @Test("A role is assumed once, with what its policy may ask for, and signs the call")
    func roles() async throws {
        let assumed = """
            <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>
            <SecretAccessKey>S</SecretAccessKey><SessionToken>TOK</SessionToken>
            <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>
            </AssumeRoleResponse>
            """
        let transport = ScriptedTransport([
            .success(OutgoingAnswer(status: 200, body: Array(assumed.utf8))),
            .success(OutgoingAnswer(status: 200, body: Array("{}".utf8))),
        ])
        let client = Self.client(transport)
        var call = Self.get
        call.roleARN = "arn:aws:iam::1:role/r"
        call.roleExternalID = "arn:aws:states:x"
        _ = try await client.call(call)
        _ = try await client.call(call)
        let requests = transport.requests
        #expect(requests.count == 3)
        let form = String(decoding: requests[0].body, as: UTF8.self)
        #expect(form.contains("Action=AssumeRole&Version=2011-06-15"))
        #expect(form.contains("ExternalId=arn%3Aaws%3Astates%3Ax"))
        #expect(requests[2].header("authorization")?.contains("Credential=ASIA/") == true)
        #expect(requests[2].header("x-amz-security-token") == "TOK")
    }

    @Test("Without credentials the error says what was tried")
    func nothing() async throws {
        let transport = ScriptedTransport(200, "{}")
        let client = Self.client(transport, environment: [:])
        let fault = await #expect(throws: AWSFault.self) { try await client.call(Self.get) }
        guard case .unserved(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text.contains("AWS_ACCESS_KEY_ID"))
        #expect(text.contains("the instance's metadata"))
        #expect(transport.requests.isEmpty)
    }

    @Test("A container's and an instance's surroundings give credentials")
    func metadata() async throws {
        let keys = #"{"AccessKeyId":"ASIA","SecretAccessKey":"S","Token":"T"}"#
        let container = ScriptedTransport(200, keys)
        let transport = ScriptedTransport(200, "{}")
        let environment = [
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/creds",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "secret",
        ]
        _ = try await Self.client(transport, metadata: container, environment: environment)
            .call(Self.get)
        #expect(container.requests.map(\.url) == ["http://169.254.170.2/v2/creds"])
        #expect(container.requests[0].header("authorization") == "secret")

        let texts = ["token", "role\n", keys].map {
            Result<OutgoingAnswer, TransportFault>.success(
                OutgoingAnswer(status: 200, body: Array($0.utf8))
            )
        }
        let instance = ScriptedTransport(texts)
        _ = try await Self.client(transport, metadata: instance, environment: [:]).call(Self.get)
        #expect(instance.requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(instance.requests[2].url.hasSuffix("/iam/security-credentials/role"))
        #expect(instance.requests[2].header("x-aws-ec2-metadata-token") == "token")
    }

    @Test("A container's endpoint elsewhere is asked by https only")
    func containerHosts() async throws {
        let container = ScriptedTransport(200, "{}")
        let client = Self.client(
            ScriptedTransport(200, "{}"),
            metadata: container,
            environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/creds"]
        )
        await #expect(throws: AWSFault.self) { try await client.call(Self.get) }
        #expect(container.requests.isEmpty)
    }
}
