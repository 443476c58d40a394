import Foundation
import Stepwell
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

/// Definitions as AWS has them, with handlers in the process in the place of functions.
@Suite("Handlers as functions", .timeLimit(.minutes(10)))
struct HandledFunctionTests {
    private struct Order: Codable, Sendable, Equatable {
        var id: Int
    }

    private struct Invoked: Codable, Sendable {
        var version: String
        var payload: Order
        var status: Int

        enum CodingKeys: String, CodingKey {
            case version = "ExecutedVersion"
            case payload = "Payload"
            case status = "StatusCode"
        }
    }

    private func definition(_ task: String) -> Definition {
        .json(#"{"StartAt":"T","States":{"T":{"Type":"Task","End":true,\#(task)}}}"#)
    }

    private func invoke(_ name: String, _ more: String = "", suffix: String = "") -> Definition {
        definition(
            #"""
            "Resource":"arn:aws:states:::lambda:invoke\#(suffix)",
            "Parameters":{"FunctionName":"\#(name)","Payload.$":"$"\#(more)}
            """#
        )
    }

    private func run<Output: Decodable & Sendable>(
        _ definition: Definition,
        as type: Output.Type,
        _ configure: (inout WorkflowEngine.Configuration) -> Void
    ) async throws -> Output {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
            configure(&$0)
        }
        stepwell.resume()
        try await stepwell.createStateMachine("m", definition: definition)
        let execution = try await stepwell.start("m", name: "e", input: Order(id: 1))
        let result: Result<Output, any Error>
        do {
            result = .success(try await execution.result(as: type))
        } catch {
            result = .failure(error)
        }
        await stepwell.shutdown()
        return try result.get()
    }

    private static let arn = "arn:aws:lambda:eu-west-1:123456789012:function:charge"

    @Test(
        "lambda:invoke names a handler by name, ARN, version and alias",
        arguments: ["charge", "charge:live", arn, "\(arn):7", "123456789012:function:charge"]
    )
    func named(name: String) async throws {
        let result = try await run(invoke(name), as: Invoked.self) {
            $0.handle("charge") { (order: Order) in Order(id: order.id + 1) }
        }
        #expect(result.payload == Order(id: 2))
        #expect(result.status == 200)
        #expect(result.version == (name.hasSuffix(":7") ? "7" : "$LATEST"))
    }

    @Test("a function's ARN with a version is served, and a handler for an ARN by its versions")
    func bare() async throws {
        for (resource, handler) in [
            ("\(Self.arn):7", "charge"), (Self.arn, Self.arn), ("\(Self.arn):7", Self.arn),
        ] {
            let task = definition(#""Resource":"\#(resource)""#)
            let result = try await run(task, as: Order.self) {
                $0.handle(handler) { (order: Order) in Order(id: order.id + 1) }
            }
            #expect(result == Order(id: 2))
        }
        let result = try await run(invoke(Self.arn, #","Qualifier":"7""#), as: Invoked.self) {
            $0.handle(Self.arn) { (order: Order) in Order(id: order.id + 1) }
        }
        #expect(result.version == "7")
    }

    @Test("what the handler throws is the function's error")
    func failing() async throws {
        let caught = definition(
            #"""
            "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"charge"},
            "Catch":[{"ErrorEquals":["Declined"],"Next":"C"}]},"C":{"Type":"Pass",
            "Result":"caught","End":true
            """#
        )
        let result = try await run(caught, as: String.self) {
            $0.handle("charge") { (_: JSONValue) -> Order in throw TaskError("Declined") }
        }
        #expect(result == "caught")
    }

    @Test("a function that no handler stands for is not found, as on AWS")
    func unknown() async throws {
        let caught = definition(
            #"""
            "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"other"},
            "Catch":[{"ErrorEquals":["Lambda.ResourceNotFoundException"],"Next":"C"}]},
            "C":{"Type":"Pass","InputPath":"$.Cause","End":true
            """#
        )
        let result = try await run(caught, as: String.self) {
            $0.handle("charge") { (order: Order) in order }
        }
        #expect(
            result.hasPrefix(
                "Function not found: arn:aws:lambda:us-east-1:000000000000:function:other:$LATEST "
            )
        )
    }

    @Test("the callback pattern: the handler hands the token on")
    func callback() async throws {
        let directory = try TemporaryDirectory()
        let tokens = AsyncStream<String>.makeStream()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.handle("charge") { (_: JSONValue, task) -> Order in
                tokens.continuation.yield(task.token ?? "")
                return Order(id: 0)
            }
        }
        stepwell.resume()
        try await stepwell.createStateMachine(
            "m",
            definition: invoke("charge", suffix: ".waitForTaskToken")
        )
        let execution = try await stepwell.start("m", name: "e", input: Order(id: 1))
        let token = try #require(await tokens.stream.first { _ in true })
        try await stepwell.sendTaskSuccess(token: token, output: Order(id: 3))
        #expect(try await execution.result(as: Order.self) == Order(id: 3))
        await stepwell.shutdown()
    }
}
