import Stepwell
import StepwellJSON
import StepwellServer
import Testing

@testable import StepwellEngine

@Suite("Probes")
struct ProbeTests {
    private func get(_ path: String, _ router: Router) async -> String {
        let response = await router.respond(to: ServiceRequest(method: "GET", uri: path))
        return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
    }

    @Test("An engine that does all of its work says no more than that")
    func well() async throws {
        try await RouterHarness.run { router in
            let healthy = #"200 {"status":"ok","version":"\#(ProductVersion.current)"}"#
            #expect(await get("/health", router) == healthy)
            #expect(await get("/ready", router) == #"200 {"status":"ready"}"#)
        }
    }

    @Test("HEAD is answered as GET is", arguments: ["/health", "/ready"])
    func head(path: String) async throws {
        try await RouterHarness.run { router in
            let response = await router.respond(to: ServiceRequest(method: "HEAD", uri: path))
            #expect(response.status == 200)
            let post = await router.respond(to: ServiceRequest(method: "POST", uri: path))
            #expect(post.status == 405)
            #expect(post.headers.contains { $0 == ("Allow", "GET, HEAD") })
        }
    }

    @Test("A synchronous execution whose server stops is not to be started again")
    func goesOn() async throws {
        try await RouterHarness.run { router in
            let definition =
                #"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}"#
            let role = "arn:aws:iam::000000000000:role/any"
            let machine = try await RouterHarness.call(
                router,
                "CreateStateMachine",
                .object([
                    "name": "m", "definition": .string(definition), "roleArn": .string(role),
                    "type": "EXPRESS",
                ])
            )
            let arn = try #require(machine.text("stateMachineArn"))
            let waiting = Task {
                try await RouterHarness.call(
                    router,
                    "StartSyncExecution",
                    .object(["stateMachineArn": .string(arn)])
                )
            }
            // Cancelled before it is started, or while it waits: the execution is there.
            waiting.cancel()
            let answer = try await waiting.value
            #expect(answer.status == 400)
            #expect(answer.text("__type") == "ExecutionGoesOn")
            #expect(answer.text("message")?.contains(":express:") == true)
        }
    }
}
