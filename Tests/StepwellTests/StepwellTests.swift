import Foundation
import Stepwell
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

private struct Order: Codable, Sendable, Equatable {
    var id: Int
    var total: Double
    var lines: [String]
}

private struct Receipt: Codable, Sendable, Equatable {
    var orderID: Int
    var key: String
}

/// What an embedding service does, on a real directory, with a clock that skips.
@Suite("Embedding", .timeLimit(.minutes(10)))
struct StepwellTests {
    private static let definition = Definition.json(
        #"""
        {"StartAt":"Charge","States":{
         "Charge":{"Type":"Task","Resource":"charge-card","Next":"Ship","ResultPath":"$.receipt",
          "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":60,"MaxAttempts":3}],
          "Catch":[{"ErrorEquals":["CardDeclined"],"Next":"Sorry","ResultPath":"$.error"}]},
         "Ship":{"Type":"Wait","Seconds":86400,"Next":"Finish"},
         "Finish":{"Type":"Pass","InputPath":"$.receipt","End":true},
         "Sorry":{"Type":"Fail","Error":"Sorry","Cause":"declined"}}}
        """#
    )

    private let order = Order(id: 17, total: 9.5, lines: ["tea", "cup"])

    @Test("an Express workflow: every start is an execution, found by its ARN")
    func express() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        let echo = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#
        try await stepwell.createStateMachine("m", definition: .json(echo), type: .express)
        let first = try await stepwell.start("m", name: "n", input: 1)
        let second = try await stepwell.start("m", name: "n", input: 2)
        #expect(try await first.result(as: Int.self) == 1)
        #expect(try await second.result(as: Int.self) == 2)
        #expect(try await first.describe().status == .succeeded)
        #expect(try await first.history().last?.type == "ExecutionSucceeded")
        #expect(try await stepwell.describeStateMachine("m").type == .express)
        await stepwell.shutdown()
    }

    @Test("a typed handler, a retry, a day's wait, a typed result")
    func wholeOrder() async throws {
        let directory = try TemporaryDirectory()
        let calls = Mutex<[(attempt: Int, key: String)]>([])
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
            $0.handle("charge-card") { (order: Order, task) in
                calls.withLock { $0.append((task.attempt, task.idempotencyKey)) }
                if task.attempt == 1 { throw TaskError("Flaky") }
                return Receipt(orderID: order.id, key: task.idempotencyKey)
            }
        }
        stepwell.resume()
        try await stepwell.createStateMachine("orders", definition: Self.definition)
        let execution = try await stepwell.start("orders", name: "order-17", input: order)
        let receipt = try await execution.result(as: Receipt.self)
        let seen = calls.withLock { $0 }
        #expect(seen.map(\.attempt) == [1, 2])
        #expect(receipt == Receipt(orderID: 17, key: seen[1].key))
        #expect(Set(seen.map(\.key)).count == 2)

        let description = try await execution.describe()
        #expect(description.status == .succeeded)
        let stop = try #require(description.stopDate)
        #expect(
            stop.milliseconds - description.startDate.milliseconds >= 86_400_000 + 60_000
        )
        let listed = try await stepwell.executions(of: "orders").array()
        #expect(listed.map(\.name) == ["order-17"])
        await stepwell.shutdown()
    }

    @Test("what was started before is found again, unless it was given another input")
    func startOrAttach() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        let echo = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#
        try await stepwell.createStateMachine("echo", definition: .json(echo))
        let first = try await stepwell.startOrAttach("echo", name: "one", input: order)
        #expect(try await first.result(as: Order.self) == order)
        let second = try await stepwell.startOrAttach("echo", name: "one", input: order)
        #expect(second.arn == first.arn)
        #expect(try await second.result(as: Order.self) == order)
        let error = await #expect(throws: StepwellError.self) {
            try await stepwell.startOrAttach("echo", name: "one", input: "another")
        }
        #expect(error?.code == .executionAlreadyExists)
        await stepwell.shutdown()
    }

    @Test("a handler's failure is caught by its name")
    func caughtFailure() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
            $0.handle("charge-card") { (_: Order) -> Receipt in
                throw TaskError("CardDeclined", cause: "no money")
            }
        }
        stepwell.resume()
        try await stepwell.createStateMachine("orders", definition: Self.definition)
        let execution = try await stepwell.start("orders", input: order)
        let failed = await #expect(throws: ExecutionFailed.self) {
            try await execution.result(as: Receipt.self)
        }
        #expect(failed?.error == "Sorry")
        #expect(failed?.status == .failed)
        await stepwell.shutdown()
    }

    @Test("events come as they happen, in the API's form")
    func events() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        try await stepwell.createStateMachine(
            "short",
            definition: .json(#"{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}"#)
        )
        let execution = try await stepwell.start("short")
        var types: [String] = []
        for try await event in execution.events { types.append(event.type) }
        #expect(
            types == [
                "ExecutionStarted", "SucceedStateEntered", "SucceedStateExited",
                "ExecutionSucceeded",
            ]
        )
        let history = try await execution.history()
        #expect(history.map(\.id) == [1, 2, 3, 4])
        await stepwell.shutdown()
    }

    @Test("what one process left, the next goes on with")
    func reopen() async throws {
        let directory = try TemporaryDirectory()
        let name = try await leaveUnfinished(at: directory.path)
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
            $0.handle("charge-card") { (order: Order, task) in
                Receipt(orderID: order.id, key: "\(task.isRedelivery)")
            }
        }
        stepwell.resume()
        let receipt = try await stepwell.execution(name, of: "orders").result(as: Receipt.self)
        #expect(receipt == Receipt(orderID: 17, key: "true"))
        await stepwell.shutdown()
    }

    private func leaveUnfinished(at path: String) async throws -> String {
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let stepwell = try await WorkflowEngine.open(at: path) {
            $0.clock = VirtualClock(skips: false)
            $0.handle("charge-card") { (_: Order) -> Receipt in
                continuation.finish()
                try await Task.sleep(for: .seconds(3_600))
                throw CancellationError()
            }
        }
        stepwell.resume()
        try await stepwell.createStateMachine("orders", definition: Self.definition)
        _ = try await stepwell.start("orders", name: "left", input: order)
        for await _ in started {}
        await stepwell.shutdown()
        return "left"
    }

    @Test("a directory in use is refused with a clear error")
    func directoryInUse() async throws {
        let directory = try TemporaryDirectory()
        let first = try await WorkflowEngine.open(at: directory.path)
        first.resume()
        let error = await #expect(throws: StoreOpeningError.self) {
            _ = try await WorkflowEngine.open(at: directory.path)
        }
        #expect(error?.code == .inUse)
        await first.shutdown()
    }

    @Test("a callback task ends with its token, from anywhere")
    func callback() async throws {
        let directory = try TemporaryDirectory()
        let (tokens, continuation) = AsyncStream<String>.makeStream()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
            $0.handle("ask.waitForTaskToken") { (_: JSONValue, task) in
                if let token = task.token { continuation.yield(token) }
                return true
            }
        }
        stepwell.resume()
        try await stepwell.createStateMachine(
            "asking",
            definition: .json(
                #"""
                {"StartAt":"Ask","States":{"Ask":{"Type":"Task","End":true,
                 "Resource":"ask.waitForTaskToken"}}}
                """#
            )
        )
        let execution = try await stepwell.start("asking")
        for await token in tokens {
            let branch = try #require(try await execution.describe().branches.first)
            #expect((branch.state, branch.kind) == ("Ask", .execution))
            #expect(branch.waitingFor?.kind == .token)
            #expect(branch.waitingFor?.token == token)
            try await stepwell.sendTaskSuccess(token: token, output: ["answer": 42])
            break
        }
        #expect(try await execution.waitUntilClosed().branches.isEmpty)
        let before = try await execution.picture(at: 2)
        #expect(before.branches.first?.state == "Ask")
        let answer = try await execution.result(as: [String: Int].self)
        #expect(answer == ["answer": 42])
        await stepwell.shutdown()
    }

    @Test("an activity is worked on by whoever asks")
    func activity() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        let arn = try await stepwell.createActivity("pack")
        try await stepwell.createStateMachine(
            "packing",
            definition: .json(
                #"{"StartAt":"P","States":{"P":{"Type":"Task","Resource":"\#(arn)","End":true}}}"#
            )
        )
        let execution = try await stepwell.start("packing", input: order)
        let work = try #require(try await stepwell.activityTask(of: "pack", as: Order.self))
        #expect(work.input == order)
        try await stepwell.sendTaskSuccess(token: work.token, output: "packed")
        #expect(try await execution.result(as: String.self) == "packed")
        await stepwell.shutdown()
    }

    @Test("a task whose input is not what its worker expects fails, and is not lost")
    func undecodableTask() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path) {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        let arn = try await stepwell.createActivity("pack")
        try await stepwell.createStateMachine(
            "packing",
            definition: .json(
                #"{"StartAt":"P","States":{"P":{"Type":"Task","Resource":"\#(arn)","End":true}}}"#
            )
        )
        let execution = try await stepwell.start("packing", input: ["id": "no number"])
        await #expect(throws: DecodingError.self) {
            try await stepwell.activityTask(of: "pack", as: Order.self)
        }
        let failed = await #expect(throws: ExecutionFailed.self) {
            try await execution.result(as: String.self)
        }
        #expect(failed?.error == "States.TaskFailed")
        #expect(failed?.cause?.contains("is no Order") == true)
        await stepwell.shutdown()
    }

    @Test("as a service it runs until it is cancelled, and has shut down then")
    func service() async throws {
        let directory = try TemporaryDirectory()
        let stepwell = try await WorkflowEngine.open(at: directory.path)
        stepwell.resume()
        let running = Task { try await stepwell.run() }
        running.cancel()
        try await running.value
        let error = await #expect(throws: StepwellError.self) {
            _ = try await stepwell.start("anything")
        }
        #expect(error?.code == .serviceUnavailable)
    }

    @Test("a definition file in YAML is the same machine")
    func yaml() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/machine.asl.yaml"
        try "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: {n: 1}\n    End: true\n"
            .write(toFile: file, atomically: true, encoding: .utf8)
        let stepwell = try await WorkflowEngine.open(at: directory.path + "/data") {
            $0.clock = VirtualClock()
        }
        stepwell.resume()
        try await stepwell.deployStateMachine("m", definition: .file(file))
        let output = try await stepwell.start("m").result(as: [String: Int].self)
        #expect(output == ["n": 1])
        await stepwell.shutdown()
    }
}
