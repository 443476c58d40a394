import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("The router, without a socket")
struct RouterTests {
    private func call(
        _ router: Router,
        _ operation: String,
        _ body: String
    ) async throws -> (status: Int, members: JSONObject) {
        let response = await router.respond(
            to: ServiceRequest(
                target: "AWSStepFunctions.\(operation)",
                body: Array(body.utf8)
            )
        )
        guard case .object(let members) = try JSONParser.parse(response.body) else {
            throw CancellationError()
        }
        return (response.status, members)
    }

    @Test("A machine is created, started, described and looked back at")
    func thread() async throws {
        try await RouterHarness.run { router in
            let role = "arn:aws:iam::000000000001:role/r"
            let definition = #"{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"#
            let created = try await call(
                router,
                "CreateStateMachine",
                #"{"name":"m","roleArn":"\#(role)","definition":"\#(definition)"}"#
            )
            let arn = try #require(created.members.text("stateMachineArn"))
            let started = try await call(
                router,
                "StartExecution",
                #"{"stateMachineArn":"\#(arn)","name":"e","input":"{\"a\":1}"}"#
            )
            #expect(started.status == 200)
            let execution = try #require(started.members.text("executionArn"))
            #expect(execution.hasSuffix(":execution:m:e"))
            let history = try await call(
                router,
                "GetExecutionHistory",
                #"{"executionArn":"\#(execution)","maxResults":1}"#
            )
            guard case .array(let events)? = history.members["events"] else {
                Issue.record("no events")
                return
            }
            #expect(events.count == 1)
        }
    }

    @Test(
        "What is refused before an operation is found",
        arguments: [
            (ServiceRequest(target: nil), 400, "UnknownOperationException", "missing"),
            (
                ServiceRequest(target: "AWSStepFunctions.Nonsense"), 400,
                "UnknownOperationException", "Nonsense"
            ),
            (
                ServiceRequest(target: "Other.Thing"), 400,
                "UnknownOperationException", "Other.Thing"
            ),
            (ServiceRequest(method: "PUT"), 405, "MethodNotAllowed", "PUT"),
            (ServiceRequest(uri: "/x?y"), 404, "NotFound", "'/x'"),
            (
                ServiceRequest(target: "AWSStepFunctions.ListActivities", contentType: "text/html"),
                415, "UnsupportedMediaType", "text/html"
            ),
            (
                ServiceRequest(
                    target: "AWSStepFunctions.ListActivities",
                    contentEncoding: "gzip"
                ),
                415, "UnsupportedMediaType", "gzip"
            ),
        ]
    )
    func refusals(
        request: ServiceRequest,
        status: Int,
        code: String,
        word: String
    ) async throws {
        try await RouterHarness.run { router in
            let response = await router.respond(to: request)
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(response.status == status)
            #expect(text.contains(#""__type":"\#(code)""#))
            #expect(text.contains(word))
        }
    }

    @Test(
        "Media types are told without regard to case, blanks and parameters",
        arguments: ["Application/X-Amz-JSON-1.0", "application/json ; charset=utf-8"]
    )
    func mediaTypes(type: String) async throws {
        try await RouterHarness.run { router in
            let request = ServiceRequest(
                target: "AWSStepFunctions.ListActivities",
                contentType: type,
                body: Array("{}".utf8)
            )
            #expect(await router.respond(to: request).status == 200)
        }
    }

    @Test("The engine's errors come with AWS's codes")
    func errors() async throws {
        try await RouterHarness.run { router in
            let bad = try await call(router, "DescribeExecution", #"{"executionArn":"x"}"#)
            #expect(bad.status == 400)
            #expect(bad.members.text("__type") == "InvalidArn")
            #expect(bad.members.text("message") == "Invalid Arn: 'Invalid ARN prefix: x'")
        }
    }

    @Test("A cancelled poll is answered empty")
    func cancelledPoll() async throws {
        try await RouterHarness.run { router in
            let created = try await call(router, "CreateActivity", #"{"name":"a"}"#)
            let arn = try #require(created.members.text("activityArn"))
            let request = ServiceRequest(
                target: "AWSStepFunctions.GetActivityTask",
                body: Array(#"{"activityArn":"\#(arn)"}"#.utf8)
            )
            let poll = Task { await router.respond(to: request) }
            poll.cancel()
            let answer = await poll.value
            #expect(answer.status == 200)
            #expect(answer.body == Array("{}".utf8))
        }
    }

    @Test("Health is told without an operation")
    func health() async throws {
        try await RouterHarness.run { router in
            let answer = await router.respond(to: ServiceRequest(method: "GET", uri: "/health"))
            #expect(answer.status == 200)
            #expect(answer.contentType == "application/json")
        }
    }
}

extension JSONObject {
    fileprivate func text(_ key: String) -> String? {
        guard case .string(let text)? = self[key] else { return nil }
        return text
    }
}
