import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

/// Execution log events: recorded ones, and the table of levels.
@Suite("Execution logs", .timeLimit(.minutes(10)))
struct ExecutionLogTests {
    private let engine: Engine

    init() throws {
        var configuration = EngineConfiguration()
        configuration.silence()
        engine = try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 3)
        )
    }

    private static let group = "arn:aws:logs:us-east-1:000000000000:log-group:/states/orders:*"

    /// What is logged of one execution.
    private func log(
        _ definition: String,
        _ level: LoggingConfiguration.Level,
        includeExecutionData: Bool = false,
        input: String = "{}",
        type: StateMachineType = .standard
    ) async throws -> [ExecutionLogEvent] {
        var request = CreateStateMachineRequest(
            name: "m",
            definition: definition,
            roleARN: "arn:aws:iam::000000000000:role/r",
            type: type
        )
        request.loggingConfiguration = LoggingConfiguration(
            level: level,
            includeExecutionData: includeExecutionData,
            destinations: [Self.group]
        )
        let machine = try await engine.createStateMachine(request).stateMachineARN
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, input: Array(input.utf8))
        )
        _ = try await engine.waitForExecution(arn: started.executionARN)
        let events = try await logged()
        await engine.shutdown()
        return events
    }

    /// Everything that is logged of what is durable.
    private func logged() async throws -> [ExecutionLogEvent] {
        var follower = try ExecutionFollower(
            engine: engine,
            scope: .logged,
            from: StoreCursor(number: 0)
        )
        var events: [ExecutionLogEvent] = []
        let end = try engine.store.end()
        while follower.cursor < end, let turns = try await follower.next() {
            for turn in turns {
                var execution = turn.execution
                for event in turn.events {
                    execution.pass(event)
                    if let event = ExecutionLogEvent(event, of: execution) { events.append(event) }
                }
            }
        }
        return events
    }

    private static let fail = #"""
        {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"SomeFailure","Cause":"raised"}}}
        """#

    @Test("ALL without data: as recorded")
    func allWithoutData() async throws {
        let events = try await log(Machines.pass, .all)
        #expect(
            events.map { $0.message["type"] } == [
                .string("ExecutionStarted"), .string("PassStateEntered"),
                .string("PassStateExited"), .string("ExecutionSucceeded"),
            ]
        )
        let details = events.map { $0.message["details"]?.description }
        #expect(
            details == [
                #"{"roleArn":"arn:aws:iam::000000000000:role/r"}"#, #"{"name":"A"}"#,
                #"{"name":"A"}"#, "{}",
            ]
        )
        let third = events[2].message
        #expect(third["id"] == .string("3"))
        #expect(third["previous_event_id"] == .string("2"))
        #expect(third["redrive_count"] == .string("0"))
        #expect(
            third["event_timestamp"] == .string(String(events[2].timestamp.milliseconds))
        )
        #expect(events[0].logGroupName == "/states/orders")
        #expect(events[0].logStreamName.hasPrefix("states/m/"))
        #expect(Set(events.map(\.logStreamName)).count == 1)
    }

    @Test("ALL with data: as recorded")
    func allWithData() async throws {
        let events = try await log(
            Machines.pass,
            .all,
            includeExecutionData: true,
            input: #"{"a":1}"#
        )
        guard case .object(let details)? = events.last?.message["details"] else { return }
        #expect(details["output"] == .string(#"{"a":1}"#))
        #expect(details["outputDetails"]?.description == #"{"truncated":false}"#)
    }

    @Test(
        "levels",
        arguments: [
            (LoggingConfiguration.Level.all, 3), (.error, 2), (.fatal, 1), (.off, 0),
        ]
    )
    func levels(_ level: LoggingConfiguration.Level, count: Int) async throws {
        let events = try await log(Self.fail, level)
        #expect(events.count == count)
        if let last = events.last {
            #expect(last.message["type"] == .string("ExecutionFailed"))
            #expect(
                last.message["details"]?.description
                    == #"{"error":"SomeFailure","cause":"raised"}"#
            )
        }
    }

    @Test("every event that says that something failed is an error")
    func errors() {
        for type in HistoryEventType.allCases {
            let saysSo = ["Failed", "Aborted", "TimedOut"].contains { type.rawValue.hasSuffix($0) }
            #expect(
                LoggingConfiguration.Level.error.includes(type)
                    == (saysSo || type == .failStateEntered),
                "\(type)"
            )
        }
    }

    @Test("large data is cut, and says so")
    func cut() async throws {
        let text = "\"" + String(repeating: "\\n", count: 100 << 10) + "\""
        let events = try await log(
            Machines.pass,
            .all,
            includeExecutionData: true,
            input: text
        )
        guard case .object(let details)? = events.last?.message["details"],
            case .string(let output)? = details["output"]
        else {
            Issue.record("no output")
            return
        }
        #expect(details["outputDetails"]?.description == #"{"truncated":true}"#)
        #expect(text.hasPrefix(output))
        let escaped = JSONWriter.string(.string(output)).utf8.count
        #expect(
            (ExecutionLogEvent.payloadBytes - 8...ExecutionLogEvent.payloadBytes + 2) ~= escaped
        )
    }

    @Test("an Express execution is logged under its own ARN")
    func express() async throws {
        let events = try await log(Machines.pass, .all, type: .express)
        #expect(events.count == 4)
        guard case .string(let arn)? = events[0].message["execution_arn"] else { return }
        #expect(arn.contains(":express:m:"))
    }

    @Test("an update changes what is logged of later executions only")
    func update() async throws {
        let request = CreateStateMachineRequest(
            name: "m",
            definition: Machines.wait(seconds: 1),
            roleARN: "arn:aws:iam::000000000000:role/r"
        )
        let machine = try await engine.createStateMachine(request).stateMachineARN
        _ = try await engine.waitForExecution(arn: try await engine.start(machine, name: "one"))
        var update = UpdateStateMachineRequest(stateMachineARN: machine)
        update.loggingConfiguration = LoggingConfiguration(
            level: .fatal,
            destinations: [Self.group]
        )
        _ = try await engine.updateStateMachine(update)
        _ = try await engine.waitForExecution(arn: try await engine.start(machine, name: "two"))
        #expect(try await logged().isEmpty)
        update.loggingConfiguration?.level = .all
        _ = try await engine.updateStateMachine(update)
        _ = try await engine.waitForExecution(arn: try await engine.start(machine, name: "three"))
        let arns = Set(try await logged().map { $0.message["execution_arn"]?.description ?? "" })
        #expect(arns.allSatisfy { $0.hasSuffix(":three\"") })
        #expect(arns.count == 1)
        await engine.shutdown()
    }
}
