import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

/// `states:startExecution` and its patterns (developer guide, "Start workflow executions from a
/// task state").
@Suite("Nested executions", .timeLimit(.minutes(10)))
struct NestedExecutionTests {
    private func engine(
        _ store: SimulatedStore = SimulatedStore(),
        limits: (inout EngineLimits) -> Void = { _ in }
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        limits(&configuration.limits)
        return try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func create(
        _ engine: Engine,
        _ name: String,
        _ definition: String
    ) async throws -> String {
        try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: name,
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
    }

    private static let child = #"""
        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"x": 1}, "End": true}}}
        """#
    private static let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:child"

    private static func parent(_ pattern: String, _ rest: String = "") -> String {
        """
        {"StartAt": "S", "States": {"S": {"Type": "Task", \(rest)
          "Resource": "arn:aws:states:::states:startExecution\(pattern)",
          "Parameters": {"StateMachineArn": "\(machine)", "Input": {"in": 7}}, "End": true}}}
        """
    }

    private func run(
        _ pattern: String,
        child: String = NestedExecutionTests.child,
        rest: String = ""
    ) async throws -> (result: DescribeExecutionResponse, types: [HistoryEventType?]) {
        let engine = try engine()
        _ = try await create(engine, "child", child)
        let parent = try await create(engine, "parent", Self.parent(pattern, rest))
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: parent)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        let history = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN)
        )
        await engine.shutdown()
        return (result, history.items.map(\.body.type))
    }

    @Test("a request ends with the start, which its result shows")
    func request() async throws {
        let (result, types) = try await run("")
        let output = try #require(try result.output.map { try JSONParser.parse($0.text) })
        let members = try #require(output.objectValue)
        #expect(members["ExecutionArn"]?.stringValue?.contains("execution:child:") == true)
        #expect(members["StartDate"]?.doubleValue == 1_767_225_600)
        #expect(!types.contains(.taskSubmitted))
    }

    @Test("sync has a token, by which it ends before its child", arguments: [".sync", ".sync:2"])
    func syncByToken(_ pattern: String) async throws {
        let engine = try engine()
        let work = try await engine.createActivity(name: "work").activityARN
        _ = try await engine.create("child", Machines.activity(work))
        let parent = try await engine.create(
            "parent",
            """
            {"StartAt": "S", "States": {"S": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::states:startExecution\(pattern)",
              "Parameters": {"StateMachineArn": "\(Self.machine)",
                "Input": {"token.$": "$$.Task.Token"}}}}}
            """
        )
        let execution = try await engine.start(parent)
        let task = try #require(try await engine.getActivityTask(arn: work, workerName: nil))
        let input = try JSONParser.parse(task.input.text)
        let token = try #require(input["token"]?.stringValue)
        try await engine.sendTaskSuccess(token: token, output: Array(#""by token""#.utf8))
        let found = try await engine.waitForExecution(arn: execution)
        #expect(found.output?.string == #""by token""#)
        try await engine.sendTaskSuccess(token: task.taskToken, output: Array("1".utf8))
        await engine.shutdown()
    }

    @Test("sync ends with the child; its output is text, for sync:2 JSON")
    func sync() async throws {
        let (text, types) = try await run(".sync")
        let output = try #require(try text.output.map { try JSONParser.parse($0.text) })
        #expect(output.objectValue?["Output"] == .string(#"{"x":1}"#))
        #expect(output.objectValue?["Input"] == .string(#"{"in":7}"#))
        #expect(types.contains(.taskSubmitted))
        let (json, _) = try await run(".sync:2")
        let parsed = try #require(try json.output.map { try JSONParser.parse($0.text) })
        #expect(parsed.objectValue?["Output"] == (try JSONParser.parse(#"{"x":1}"#)))
        #expect(parsed.objectValue?["Status"] == .string("SUCCEEDED"))
    }

    @Test("a child that fails fails the task, whose cause tells all of it")
    func failing() async throws {
        let child = #"""
            {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E", "Cause": "c"}}}
            """#
        let (result, _) = try await run(".sync:2", child: child)
        #expect(result.failure?.error == "States.TaskFailed")
        let cause = try JSONParser.parse(result.failure?.cause ?? "")
        #expect(cause.objectValue?["Error"] == .string("E"))
        #expect(cause.objectValue?["Status"] == .string("FAILED"))
    }

    @Test("a refused start fails the task by AWS's name")
    func refused() async throws {
        let engine = try engine()
        let parent = try await create(engine, "parent", Self.parent(""))
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: parent)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        #expect(result.failure?.error == "StepFunctions.StateMachineDoesNotExistException")
        await engine.shutdown()
    }

    @Test("an error whose code is its class's name keeps it")
    func refusedByRule() async throws {
        let engine = try engine()
        let labelled = Self.parent("").replacing(Self.machine, with: Self.machine + "/label")
        let parent = try await create(engine, "parent", labelled)
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: parent)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        #expect(result.failure?.error == "StepFunctions.ValidationException")
        await engine.shutdown()
    }

    @Test(
        "a refused start of a child to wait for is a failed submission",
        arguments: [".sync", ".sync:2"]
    )
    func refusedSubmission(_ pattern: String) async throws {
        let engine = try engine()
        let parent = try await create(engine, "parent", Self.parent(pattern))
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: parent)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        #expect(result.failure?.error == "StepFunctions.StateMachineDoesNotExistException")
        let history = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN)
        )
        #expect(
            history.items.map(\.body.type) == [
                .executionStarted, .taskStateEntered, .taskScheduled, .taskStarted,
                .taskSubmitFailed, .executionFailed,
            ]
        )
        await engine.shutdown()
    }

    @Test("parents that wait leave room for their children's tasks")
    func room() async throws {
        let engine = try engine { $0.concurrentTasks = 1 }
        _ = try await create(engine, "grandchild", Self.child)
        let grandchild = "arn:aws:states:us-east-1:000000000000:stateMachine:grandchild"
        let middle = Self.parent(".sync").replacing(Self.machine, with: grandchild)
        _ = try await create(engine, "child", middle)
        let parent = try await create(engine, "parent", Self.parent(".sync"))
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: parent)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        #expect(result.status == .succeeded)
        await engine.shutdown()
    }

    @Test("stopping the parent stops the child; a restart does not")
    func stopAndRestart() async throws {
        let store = SimulatedStore()
        let first = try engine(store)
        let wait = #"""
            {"StartAt": "W", "States": {"W": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:us-east-1:000000000000:activity:pack"}}}
            """#
        _ = try await first.createActivity(name: "pack")
        _ = try await create(first, "child", wait)
        let machine = try await create(first, "parent", Self.parent(".sync"))
        let parent = try await first.startExecution(
            StartExecutionRequest(stateMachineARN: machine)
        )
        for try await event in first.events(of: parent.executionARN)
        where event.body.type == .taskSubmitted { break }
        await first.shutdown()

        let second = try engine(store)
        let page = try await second.listExecutions(
            ListExecutionsRequest(stateMachineARN: Self.machine)
        )
        let child = try #require(page.items.first)
        #expect(page.items.count == 1)
        #expect(child.status == .running)
        _ = try await second.stopExecution(arn: parent.executionARN, error: nil, cause: nil)
        let ended = try await second.waitForExecution(arn: child.executionARN)
        #expect(ended.status == .aborted)
        await second.shutdown()
    }

    @Test("A child has its parent's trace header, unless it is given one")
    func traceHeader() async throws {
        let engine = try engine()
        let child = try await create(engine, "child", Self.child)
        let parent = try await create(engine, "parent", Self.parent(".sync"))
        let header = "Root=1-5e1b4151-5ac6c58f5b3d2b3d1a6c1f4d;Sampled=1"
        let started = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: parent,
                input: Array("{}".utf8),
                traceHeader: header
            )
        )
        _ = try await engine.waitForExecution(arn: started.executionARN)
        let described = try await engine.describeExecution(arn: started.executionARN)
        #expect(described.traceHeader == header)
        let request = ListExecutionsRequest(stateMachineARN: child)
        let listed = try await engine.listExecutions(request).items.first
        let arn = try #require(listed?.executionARN)
        #expect(try await engine.describeExecution(arn: arn).traceHeader == header)
        await engine.shutdown()
    }
}
