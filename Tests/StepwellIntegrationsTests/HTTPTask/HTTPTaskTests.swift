import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import StepwellTesting
import Testing

/// `http:invoke` (developer guide, "Call HTTPS APIs in Step Functions workflows").
@Suite("HTTP Tasks")
struct HTTPTaskTests {
    static let arn = "arn:aws:events:us-east-1:000000000000:connection/api/0-1"

    private static func settings(_ connection: ConnectionSettings) -> LiveSettings {
        var settings = IntegrationSettings()
        settings.connections = [connection]
        return LiveSettings(settings)
    }

    private static let basic = ConnectionSettings(
        name: "api",
        authorization: .basic(username: Secret("Aladdin"), password: Secret("open sesame"))
    )

    private func connector(
        _ transport: FakeTransport,
        _ connection: ConnectionSettings = HTTPTaskTests.basic,
        clock: VirtualClock = VirtualClock(skips: false)
    ) -> HTTPTaskConnector {
        HTTPTaskConnector(
            transport: transport,
            settings: Self.settings(connection),
            region: "us-east-1",
            clock: clock
        )
    }

    private func task(_ more: String = "", method: String = "POST") -> ConnectorTask {
        .of(
            "http:invoke",
            #"""
            {"ApiEndpoint": "https://api.test/v1/x?a=1", "Method": "\#(method)",
             "Authentication": {"ConnectionArn": "\#(Self.arn)"}\#(more.isEmpty ? "" : ", ")
             \#(more)}
            """#
        )
    }

    @Test("send what the definition and the connection say")
    func request() async throws {
        let transport = FakeTransport(json: #"{"ok": true}"#)
        var connection = Self.basic
        connection.headers = [NamedSecret(name: "X-Team", value: Secret("t"))]
        connection.query = [NamedSecret(name: "key", value: Secret("k&"))]
        connection.body = [NamedSecret(name: "tenant", value: Secret("7"))]
        let result = try await connector(transport, connection).result(
            of: task(
                #"""
                "Headers": {"X-Team": "mine", "X-Many": ["1", "2"]},
                "QueryParameters": {"q": ["ü", "b"], "none": null}, "RequestBody": {"n": 1}
                """#
            )
        )
        let request = try #require(transport.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://api.test/v1/x?a=1&q=%C3%BC&q=b&key=k%26")
        #expect(request.header("Authorization") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        #expect(request.header("X-Team") == "t")
        #expect(request.headers.filter { $0.name == "X-Many" }.map(\.value) == ["1", "2"])
        #expect(request.header("User-Agent") == "Amazon|StepFunctions|HttpInvoke|us-east-1")
        #expect(request.header("Range") == "bytes=0-262144")
        #expect(request.header("Content-Type") == "application/json; charset=UTF-8")
        #expect(request.text == #"{"n":1,"tenant":"7"}"#)
        #expect(request.timeout == .seconds(60))
        #expect(
            result
                == json(
                    #"""
                    {"Headers": {"Content-Type": ["application/json"]},
                     "ResponseBody": {"ok": true}, "StatusCode": 200, "StatusText": "OK"}
                    """#
                )
        )
    }

    @Test(
        "write forms in each way",
        arguments: [
            ("INDICES", "l%5B0%5D=1&l%5B1%5D=b&o%5Bp%5D=x%20y"),
            ("REPEAT", "l=1&l=b&o%5Bp%5D=x%20y"), ("COMMAS", "l=1%2Cb&o%5Bp%5D=x%20y"),
            ("BRACKETS", "l%5B%5D=1&l%5B%5D=b&o%5Bp%5D=x%20y"),
        ]
    )
    func form(_ format: String, _ text: String) async throws {
        let transport = FakeTransport(json: "{}")
        _ = try await connector(transport).result(
            of: task(
                #"""
                "RequestBody": {"l": [1, "b"], "o": {"p": "x y"}},
                "Transform": {"RequestBodyEncoding": "URL_ENCODED",
                  "RequestEncodingOptions": {"ArrayFormat": "\#(format)"}}
                """#
            )
        )
        #expect(transport.requests.first?.text == text)
        let type = transport.requests.first?.header("Content-Type")
        #expect(type == "application/x-www-form-urlencoded")
    }

    @Test("say who calls by an API key")
    func apiKey() async throws {
        let transport = FakeTransport(json: "{}")
        let connection = ConnectionSettings(
            name: "api",
            authorization: .apiKey(header: "x-key", value: Secret("s"))
        )
        _ = try await connector(transport, connection).result(of: task(method: "GET"))
        #expect(transport.requests.first?.header("x-key") == "s")
        #expect(transport.requests.first?.body == [])
        #expect(transport.requests.first?.header("Content-Type") == nil)
    }

    @Test("get a token, keep it, and get another when it is over or not taken")
    func oauth() async throws {
        let transport = FakeTransport { request, count throws(TransportFault) in
            guard request.url.hasPrefix("https://auth.test/") else {
                let isRefused = request.header("Authorization") == "Bearer t0" && count > 2
                return OutgoingAnswer(
                    status: isRefused ? 401 : 200,
                    headers: [("Content-Type", "application/json")],
                    body: Array("{}".utf8)
                )
            }
            let text = #"{"access_token": "t\#(count)", "expires_in": 100}"#
            return OutgoingAnswer(status: 200, body: Array(text.utf8))
        }
        var client = OAuthClientSettings(
            endpoint: "https://auth.test/token",
            method: "POST",
            clientID: Secret("id"),
            clientSecret: Secret("s+")
        )
        client.body = [NamedSecret(name: "scope", value: Secret("all"))]
        let connection = ConnectionSettings(
            name: "api",
            authorization: .oauthClientCredentials(client)
        )
        let clock = VirtualClock(skips: false)
        let connector = connector(transport, connection, clock: clock)
        _ = try await connector.result(of: task())
        let asked = try #require(transport.requests.first)
        #expect(
            asked.text
                == "grant_type=client_credentials&client_id=id&client_secret=s%2B&scope=all"
        )
        _ = try await connector.result(of: task())
        // 0: token, 1 and 2: calls with it; 3 is refused, 4: another token, 5: the call again.
        _ = try await connector.result(of: task())
        let tokens = transport.requests.map { $0.header("Authorization") }
        #expect(tokens == [nil, "Bearer t0", "Bearer t0", "Bearer t0", nil, "Bearer t4"])
        clock.advance(by: .seconds(71))
        _ = try await connector.result(of: task())
        #expect(transport.requests.last?.header("Authorization") == "Bearer t6")
    }

    @Test("fail by the names that AWS has")
    func failures() async {
        let statuses: [(Int, String, String)] = [
            (429, "slow down", "slow down"), (404, "", "Not Found"), (302, "", "Found"),
        ]
        for (status, body, cause) in statuses {
            let transport = FakeTransport(status, "text/plain", body)
            let failure = await connector(transport).failure(of: task())
            #expect(failure?.error == "States.Http.StatusCode.\(status)")
            #expect(failure?.cause == cause)
            #expect(transport.requests.count == 1)
        }
        let faults: [(TransportFault, String)] = [
            (.timeout, "States.Http.Socket"), (.connection("c"), "States.Http.Socket"),
            (.tooLarge(limit: 5), "States.DataLimitExceeded"),
            (.refused("rule"), "States.Permissions"),
        ]
        for (fault, error) in faults {
            let transport = FakeTransport { _, _ throws(TransportFault) in throw fault }
            #expect(await connector(transport).failure(of: task())?.error == error)
        }
        let binary = FakeTransport(200, "image/png", "x")
        #expect(await connector(binary).failure(of: task())?.error == "States.Runtime")
        let broken = FakeTransport { _, _ throws(TransportFault) in
            OutgoingAnswer(status: 200, body: [0xFF])
        }
        #expect(await connector(broken).failure(of: task())?.error == "States.Runtime")
        let refusing = FakeTransport(500, "text/plain", "x")
        let client = OAuthClientSettings(
            endpoint: "https://auth.test/",
            method: "POST",
            clientID: Secret("i"),
            clientSecret: Secret("top secret")
        )
        let connection = ConnectionSettings(
            name: "api",
            authorization: .oauthClientCredentials(client)
        )
        let failure = await connector(refusing, connection).failure(of: task())
        #expect(failure?.error == "Events.ConnectionResource.InvalidConnectionState")
        #expect(failure?.cause?.contains("secret") == false)
    }

    @Test("refuse what they cannot do before anything is sent")
    func refusals() async {
        let transport = FakeTransport(json: "{}")
        let connector = connector(transport)
        let refused = [
            #""Headers": {"Authorization": "x"}"#, #""Headers": {"X-Amz-Date": "x"}"#,
            #""Headers": {"a": "b\nc"}"#, #""Headers": "x""#, #""Body": {}"#,
            #""Transform": {"RequestBodyEncoding": "GZIP"}"#,
            #""RequestBody": "text", "Transform": {"RequestBodyEncoding": "URL_ENCODED"}"#,
        ]
        for more in refused {
            #expect(await connector.failure(of: task(more))?.error == "States.Runtime", "\(more)")
        }
        #expect(await connector.failure(of: task(method: "TRACE"))?.error == "States.Runtime")
        let unknown = await connector.failure(
            of: .of(
                "http:invoke",
                #"""
                {"ApiEndpoint": "https://h", "Method": "GET",
                 "Authentication": {"ConnectionArn": "arn:aws:events:r:a:connection/other/1"}}
                """#
            )
        )
        #expect(unknown?.error == "Events.ConnectionResource.ResourceNotFound")
        #expect(transport.requests.isEmpty)
        #expect(!connector.serves("arn:aws:states:::http:invoke.waitForTaskToken"))
        #expect(connector.serves("arn:aws:states:::http:invoke"))
    }

    @Test("show TestState their exchange, and secrets when they are asked for")
    func inspection() async throws {
        var connection = Self.basic
        connection.query = [NamedSecret(name: "key", value: Secret("hush"))]
        connection.body = [NamedSecret(name: "pin", value: Secret("hush"))]
        for reveals in [false, true] {
            let transport = FakeTransport(418, "text/plain", "teapot")
            var configuration = EngineConfiguration()
            configuration.silence()
            let engine = try Engine(
                store: SimulatedStore(),
                configuration: configuration,
                connectors: [connector(transport, connection)],
                clock: VirtualClock()
            )
            var request = TestStateRequest(
                definition: #"""
                    {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
                     "Parameters": {"ApiEndpoint": "https://h/p", "Method": "PUT",
                       "Authentication": {"ConnectionArn": "\#(Self.arn)"},
                       "RequestBody": {"a": 1}}}
                    """#
            )
            request.roleARN = "arn:aws:iam::000000000000:role/r"
            request.revealSecrets = reveals
            let response = try await engine.testState(request)
            #expect(response.outcome.failure?.error == "States.Http.StatusCode.418")
            let exchange = try #require(response.exchange)
            #expect(exchange.request.method == "PUT")
            #expect(exchange.response?.statusCode == "418")
            #expect(exchange.response?.body == "teapot")
            let shown = "\(exchange.request)"
            #expect(shown.contains("hush") == reveals)
            #expect(shown.contains("Basic QWxh") == reveals)
            await engine.shutdown()
        }
    }
}
