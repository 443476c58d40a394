import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import Testing

/// `apigateway:invoke`, after AWS's recordings (`services/apigateway`) and its documentation.
@Suite("API Gateway")
struct APIGatewayTests {
    private func connector(_ transport: FakeTransport) -> APIGatewayConnector {
        APIGatewayConnector(transport: transport, region: "us-east-1") {
            request,
            service,
            region,
            role,
            _ throws(AWSFault) in
            guard role != "denied" else { throw .credentials("no") }
            var request = request
            request.headers.append(("Authorization", "\(service) \(region) \(role ?? "own")"))
            return request
        }
    }

    private func task(_ more: String = "", role: String? = nil) -> ConnectorTask {
        .of(
            "apigateway:invoke",
            #"""
            {"ApiEndpoint": "id.execute-api.eu-west-1.amazonaws.com", "Method": "POST",
             "Stage": "prod", "Path": "/bills/a b"\#(more.isEmpty ? "" : ", ")\#(more)}
            """#,
            role: role
        )
    }

    @Test("is called as the parameters say")
    func request() async throws {
        let transport = FakeTransport(201, "application/json; charset=x", #"{"id": 1}"#)
        let result = try await connector(transport).result(
            of: task(
                #"""
                "Headers": {"h": ["1", "2"]}, "QueryParameters": {"q": ["a", "b c"]},
                "RequestBody": {"x": null, "y": [null, {"z": null}]}
                """#
            )
        )
        let request = try #require(transport.requests.first)
        #expect(
            request.url
                == "https://id.execute-api.eu-west-1.amazonaws.com/prod/bills/a%20b?q=a&q=b%20c"
        )
        #expect(request.text == #"{"y":[null,{}]}"#)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("Authorization") == nil)
        #expect(
            result
                == json(
                    #"""
                    {"Headers": {"Content-Type": ["application/json; charset=x"]},
                     "ResponseBody": {"id": 1}, "StatusCode": 201, "StatusText": "Created"}
                    """#
                )
        )
    }

    @Test(
        "is sent bodies as JSON",
        arguments: [
            (#""RequestBody": "HelloWorld""#, #""HelloWorld""#), (#""RequestBody": """#, #""""#),
            (#""RequestBody": {"x": null}, "AllowNullValues": true"#, #"{"x":null}"#),
            (#""RequestBody": "raw", "Headers": {"Content-Type": "text/plain"}"#, "raw"),
            (#""AuthType": "NO_AUTH""#, ""),
        ]
    )
    func body(_ more: String, _ text: String) async throws {
        let transport = FakeTransport(json: "{}")
        _ = try await connector(transport).result(of: task(more))
        #expect(transport.requests.first?.text == text)
    }

    @Test("is called at the URL that an endpoint gives")
    func local() async throws {
        let transport = FakeTransport(200, "text/plain", "x")
        let result = try await connector(transport).result(
            of: .of(
                "apigateway:invoke.waitForTaskToken",
                #"{"ApiEndpoint": "http://127.0.0.1:8080/api/", "Method": "GET"}"#
            )
        )
        #expect(transport.requests.first?.url == "http://127.0.0.1:8080/api/")
        #expect(result["ResponseBody"] == "x")
    }

    @Test("is signed for its region when that is asked for")
    func signed() async throws {
        let transport = FakeTransport(json: "{}")
        for type in ["IAM_ROLE", "RESOURCE_POLICY"] {
            _ = try await connector(transport).result(
                of: task(#""AuthType": "\#(type)""#, role: "r")
            )
            let header = transport.requests.last?.header("Authorization")
            #expect(header == "execute-api eu-west-1 r")
        }
        let denied = await connector(transport)
            .failure(of: task(#""AuthType": "IAM_ROLE""#, role: "denied"))
        #expect(denied?.error == "States.Permissions")
    }

    @Test("fails by the status, or by what went wrong")
    func failures() async {
        let body = #"{"message":"Missing Authentication Token"}"#
        let failure = await connector(FakeTransport(403, "application/json", body))
            .failure(of: task())
        #expect(failure?.error == "ApiGateway.403")
        #expect(failure?.cause == body)
        let broken = FakeTransport { _, _ throws(TransportFault) in throw .connection("c") }
        #expect(
            await connector(broken).failure(of: task())?.error == "ApiGateway.SdkClientException"
        )
        let transport = FakeTransport(json: "{}")
        for more in [
            #""Headers": {"Host": "x"}"#, #""AuthType": "IAM_AUTH""#, #""Body": {}"#,
            #""Headers": {"X-Forwarded-For": "x"}"#,
        ] {
            #expect(await connector(transport).failure(of: task(more))?.error == "States.Runtime")
        }
        #expect(transport.requests.isEmpty)
    }
}
