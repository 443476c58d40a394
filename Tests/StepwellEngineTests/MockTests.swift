import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

/// Step Functions Local's mock configuration file (developer guide, "Using mocked service
/// integrations").
@Suite("Mocked responses", .timeLimit(.minutes(10)))
struct MockTests {
    static let definition = #"""
        {"StartAt": "Fetch", "States": {
          "Fetch": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "Parameters": {"QueueUrl": "u"},
            "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 3}],
            "Catch": [{"ErrorEquals": ["Lost"], "Next": "Mourn"}], "Next": "Compute"},
          "Compute": {"Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "End": true},
          "Mourn": {"Type": "Pass", "Result": "mourned", "End": true}}}
        """#

    static let mocks = #"""
        {"StateMachines": {"m": {"TestCases": {
           "Happy": {"Fetch": "Sent", "Compute": "Computed"},
           "Slow": {"Fetch": "BusyTwice", "Compute": "Computed"},
           "Sad": {"Fetch": "Lost"},
           "Short": {"Fetch": "BusyOnce"}}}},
         "MockedResponses": {
           "Sent": {"0": {"Return": {"MessageId": "1"}}},
           "Computed": {"0-5": {"Return": {"StatusCode": 200, "Payload": {"x": 1.0}}}},
           "BusyTwice": {"0-1": {"Throw": {"Error": "Busy", "Cause": "b"}},
                         "2": {"Return": {"MessageId": "3"}}},
           "BusyOnce": {"0": {"Throw": {"Error": "Busy", "Cause": "b"}}},
           "Lost": {"0": {"Throw": {"Error": "Lost", "Cause": "gone"}}}}}
        """#

    private func engine(
        _ store: SimulatedStore = SimulatedStore(),
        _ text: String = MockTests.mocks,
        connectors: [any TaskConnector] = []
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        let mocks = try MockConfiguration(Array(text.utf8))
        configuration.mocks = FixedMocks(mocks, name: "mocks.json")
        return try Engine(
            store: store,
            configuration: configuration,
            connectors: connectors,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func create(
        _ engine: Engine,
        _ definition: String = MockTests.definition
    ) async throws -> String {
        try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
    }

    private func run(
        _ engine: Engine,
        _ testCase: String,
        _ definition: String = MockTests.definition
    ) async throws -> (result: DescribeExecutionResponse, types: [String]) {
        let machine = try await create(engine, definition)
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine + "#" + testCase)
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        let history = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN)
        )
        return (result, history.items.compactMap { $0.body.type?.rawValue })
    }

    @Test("a test case runs to its end without anything outside; the ARN does not show it")
    func happy() async throws {
        let engine = try engine()
        let (result, types) = try await run(engine, "Happy")
        #expect(result.status == .succeeded)
        #expect(result.output?.string == #"{"x":1.0}"#)
        #expect(!result.stateMachineARN.contains("#"))
        #expect(
            types == [
                "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted",
                "TaskSucceeded", "TaskStateExited", "TaskStateEntered",
                "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded",
                "TaskStateExited", "ExecutionSucceeded",
            ]
        )
        await engine.shutdown()
    }

    @Test("each invocation of a state has its own response; retries count")
    func retried() async throws {
        let engine = try engine()
        let (result, types) = try await run(engine, "Slow")
        #expect(result.status == .succeeded)
        #expect(types.count { $0 == "TaskFailed" } == 2, "\(types)")
        await engine.shutdown()
    }

    @Test("a thrown error is caught by its name")
    func caught() async throws {
        let engine = try engine()
        let (result, _) = try await run(engine, "Sad")
        #expect(result.output?.string == #""mourned""#)
        await engine.shutdown()
    }

    @Test(
        "a job or a callback that a response fails was submitted before",
        arguments: ["sqs:sendMessage.waitForTaskToken", "ecs:runTask.sync"]
    )
    func failedSecondHalf(_ action: String) async throws {
        let definition = """
            {"StartAt": "Fetch", "States": {"Fetch": {"Type": "Task",
              "Resource": "arn:aws:states:::\(action)",
              "Parameters": {"QueueUrl": "$$.Task.Token", "TaskDefinition": "t"}, "End": true}}}
            """
        let mocks = #"""
            {"StateMachines": {"m": {"TestCases": {"Gone": {"Fetch": "Lost"}}}},
             "MockedResponses": {"Lost": {"0": {"Throw": {"Error": "Lost", "Cause": "gone"}}}}}
            """#
        let run = try await run(try engine(SimulatedStore(), mocks), "Gone", definition)
        #expect(run.result.failure == Failure(error: "Lost", cause: "gone"))
        let end = ["TaskStarted", "TaskSubmitted", "TaskFailed", "ExecutionFailed"]
        #expect(run.types.suffix(4) == end)
    }

    @Test("an invocation without a response is States.Runtime, which nothing catches (Local)")
    func missing() async throws {
        let engine = try engine()
        let (short, _) = try await run(engine, "Short")
        #expect(short.failure?.error == "States.Runtime")
        #expect(short.failure?.cause?.contains("invocation 1 of the state 'Fetch'") == true)
        await engine.shutdown()
    }

    @Test("a handler goes before the mocks, and a state that is not mocked goes to its handler")
    func order() async throws {
        let handler = ScriptedConnector(
            "arn:aws:states:::sqs:sendMessage",
            answers: [.succeed(.string("handled"))]
        )
        let engine = try engine(connectors: [handler])
        let (result, _) = try await run(engine, "Happy")
        #expect(result.status == .succeeded)
        #expect(handler.inputs.count == 1)
        await engine.shutdown()
    }

    @Test("iterations draw the responses of a state in the order of their scheduling")
    func iterations() async throws {
        let definition = #"""
            {"StartAt": "All", "States": {"All": {"Type": "Map", "ItemsPath": "$.items",
              "ItemProcessor": {"StartAt": "Each", "States": {
                "Each": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                  "End": true}}}, "End": true}}}
            """#
        let mocks = #"""
            {"StateMachines": {"m": {"TestCases": {"C": {"Each": "R"}}}}, "MockedResponses": {
              "R": {"0": {"Return": 10}, "1": {"Return": 11}, "2": {"Return": 12}}}}
            """#
        let engine = try engine(SimulatedStore(), mocks)
        let machine = try await create(engine, definition)
        let started = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: machine + "#C",
                input: Array(#"{"items":["a","b","c"]}"#.utf8)
            )
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        #expect(result.output?.string == "[10,11,12]")
        await engine.shutdown()
    }

    @Test("a test case goes on after a restart where it was")
    func restart() async throws {
        let definition = #"""
            {"StartAt": "One", "States": {
              "One": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "ResultPath": "$.one", "Next": "Pause"},
              "Pause": {"Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"t.$": "$$.Task.Token"}, "ResultPath": null, "Next": "Again"},
              "Again": {"Type": "Choice", "Choices": [{"Variable": "$.one", "NumericEquals": 2,
                "Next": "Done"}], "Default": "One"},
              "Done": {"Type": "Succeed"}}}
            """#
        let mocks = #"""
            {"StateMachines": {"m": {"TestCases": {"C": {"One": "Counted"}}}}, "MockedResponses": {
              "Counted": {"0": {"Return": 1}, "1": {"Return": 2}}}}
            """#
        let store = SimulatedStore()
        let tokens = Mutex<[String]>([])
        let connector = TokenKeeper { token in tokens.withLock { $0.append(token) } }
        let first = try engine(store, mocks, connectors: [connector])
        let machine = try await create(first, definition)
        let started = try await first.startExecution(
            StartExecutionRequest(stateMachineARN: machine + "#C")
        )
        for try await event in first.events(of: started.executionARN)
        where event.body.type == .taskSubmitted { break }
        await first.shutdown()
        let second = try engine(store, mocks, connectors: [connector])
        let token = try #require(tokens.withLock { $0.first })
        try await second.sendTaskSuccess(token: token, output: Array("0".utf8))
        var seen = 0
        for try await event in second.events(of: started.executionARN)
        where event.body.type == .taskSubmitted {
            seen += 1
            if seen == 2 { break }
        }
        let next = try #require(tokens.withLock { $0.last })
        #expect(next != token)
        try await second.sendTaskSuccess(token: next, output: Array("0".utf8))
        let result = try await second.waitForExecution(arn: started.executionARN)
        #expect(result.output?.string == #"{"one":2}"#)
        await second.shutdown()
    }

    @Test("a mocked callback whose first half was recorded before a restart ends after it")
    func halfDone() async throws {
        let definition = #"""
            {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"t.$": "$$.Task.Token"}}}}
            """#
        let mocks = #"""
            {"StateMachines": {"m": {"TestCases": {"C": {"Ask": "R"}}}},
             "MockedResponses": {"R": {"0": {"Return": "yes"}}}}
            """#
        let store = SimulatedStore()
        // A handler leaves behind what a crash between the two halves does.
        let first = try engine(store, mocks, connectors: [TokenKeeper { _ in }])
        let machine = try await create(first, definition)
        let started = try await first.startExecution(
            StartExecutionRequest(stateMachineARN: machine + "#C")
        )
        for try await event in first.events(of: started.executionARN)
        where event.body.type == .taskSubmitted { break }
        await first.shutdown()
        let second = try engine(store, mocks)
        let result = try await second.waitForExecution(arn: started.executionARN)
        #expect(result.output?.string == #""yes""#)
        let history = try await second.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN)
        )
        #expect(history.items.count { $0.body.type == .taskSubmitted } == 1)
        await second.shutdown()
    }

    @Test(
        "a test case that does not fit the definition is refused, naming the state",
        arguments: [
            (#"{"Nowhere": "R"}"#, "1 of its states are not in the definition"),
            (#"{"Stop": "R"}"#, "'Stop', which is not a Task state"),
            (#"{"Work": "R"}"#, "'Work', whose work is an activity's"),
            ("{\"Caf\u{E9}\": \"R\"}", "1 of its states are not in the definition"),
        ]
    )
    func misfit(_ states: String, _ reason: String) async throws {
        let definition = #"""
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Next": "Stop",
                "Resource": "arn:aws:states:us-east-1:000000000000:activity:pack"},
              "Stop": {"Type": "Pass", "Next": "Cafe\u0301"},
              "Cafe\u0301": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {}, "End": true}}}
            """#
        let mocks = """
            {"StateMachines": {"m": {"TestCases": {"C": \(states)}}},
             "MockedResponses": {"R": {"0": {"Return": 1}}}}
            """
        let engine = try engine(SimulatedStore(), mocks)
        let machine = try await create(engine, definition)
        let error = await #expect(throws: ServiceError.self) {
            try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine + "#C")
            )
        }
        #expect(error?.code == "ValidationException")
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "-")")
        await engine.shutdown()
    }

    @Test("a test case that is not there is refused, naming it and the file")
    func unknownTestCase() async throws {
        let engine = try engine()
        let machine = try await create(engine)
        let request = StartExecutionRequest(stateMachineARN: machine + "#Nope")
        let error = await #expect(throws: ServiceError.self) {
            try await engine.startExecution(request)
        }
        #expect(error?.code == "ValidationException")
        #expect(error?.message.contains("mocks.json has no test case 'Nope'") == true)
        await engine.shutdown()
    }

    @Test("the same name with another test case is another execution")
    func idempotency() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.wait(seconds: 1_000_000))
        _ = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "one")
        )
        let error = await #expect(throws: ServiceError.self) {
            try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine + "#Happy", name: "one")
            )
        }
        #expect(error?.code == "ExecutionAlreadyExists")
        await engine.shutdown()
    }

    @Test(
        "a file that cannot be used says where and why",
        arguments: [
            (#"{"StateMachines": "#, 1, 19, "not valid JSON"),
            ("{\n \"Machines\": {}}", 2, 2, "'Machines' is not known"),
            (#"{"MockedResponses": {}}"#, 1, 1, "'StateMachines' is missing"),
            (
                #"{"StateMachines": {"m": {"TestCases": {"C": {"S": "R"}}}}}"#, 1, 46,
                "no mocked response 'R'"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"x": {"Return": 1}}}}"#, 1, 49,
                "'x' is neither"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"2-1": {"Return": 1}}}}"#, 1, 49,
                "'2-1' is neither"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"#
                    + #""R": {"0": {"Return": 1}, "0-1": {"Return": 1}}}}"#,
                1, 69, "overlaps"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"0": {}}}}"#, 1, 49,
                "either 'Return' or 'Throw'"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"#
                    + #""R": {"0": {"Throw": {"Error": "E"}}}}}"#,
                1, 55, "'Cause' is missing"
            ),
        ]
    )
    func badFile(_ text: String, _ line: Int, _ column: Int, _ what: String) {
        let error = #expect(throws: MockConfigurationError.self) {
            try MockConfiguration(Array(text.utf8))
        }
        #expect(error?.message.contains(what) == true)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }
}

/// Serves the callback pattern by noting the token.
private struct TokenKeeper: TaskConnector {
    let keep: @Sendable (String) -> Void

    func serves(_ resource: String) -> Bool { resource.hasSuffix(".waitForTaskToken") }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        if let token = task.token { keep(token) }
        return .submitted(Payload(text: Array("{}".utf8)))
    }
}
