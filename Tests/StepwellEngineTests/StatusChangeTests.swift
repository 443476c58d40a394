import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

/// Executions' changes of status, as they are followed.
@Suite("Status changes", .timeLimit(.minutes(10)))
struct StatusChangeTests {
    private func engine(on store: SimulatedStore = SimulatedStore()) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 3)
        )
    }

    private func changes(
        _ engine: Engine,
        from place: ExecutionStatusChanges.Place? = nil,
        count: Int
    ) async throws -> [ExecutionStatusChange] {
        var found: [ExecutionStatusChange] = []
        for try await change in try ExecutionStatusChanges(engine: engine, from: place) {
            found.append(change)
            if found.count == count { break }
        }
        return found
    }

    private static let beginning = ExecutionStatusChanges.Place(cursor: StoreCursor(number: 0))

    @Test("start, failure, redrive and success, with what EventBridge's event has")
    func life() async throws {
        let engine = try engine()
        let machine = try await engine.create("m", Machines.pass)
        let execution = try await engine.start(machine, name: "e", input: #"{"a":1}"#)
        _ = try await engine.waitForExecution(arn: execution)
        let found = try await changes(engine, from: Self.beginning, count: 2)
        #expect(found.map(\.status) == [.running, .succeeded])
        #expect(Set(found.map(\.id)).count == 2)
        let event = found[1].event
        #expect(event["version"] == .string("0"))
        #expect(event["source"] == .string("aws.states"))
        #expect(event["detail-type"] == .string("Step Functions Execution Status Change"))
        #expect(event["account"] == .string("000000000000"))
        #expect(event["region"] == .string("us-east-1"))
        #expect(event["resources"] == .array([.string(execution)]))
        guard case .object(let detail)? = event["detail"] else {
            Issue.record("no detail")
            return
        }
        #expect(detail["executionArn"] == .string(execution))
        #expect(detail["stateMachineArn"] == .string(machine))
        #expect(detail["name"] == .string("e"))
        #expect(detail["status"] == .string("SUCCEEDED"))
        #expect(detail["input"] == .string(#"{"a":1}"#))
        #expect(detail["output"] == .string(#"{"a":1}"#))
        #expect(detail["inputDetails"]?.description == #"{"included":true}"#)
        #expect(detail["error"] == .null)
        #expect(detail["redriveCount"]?.description == "0")
        #expect(detail["redriveStatus"] == .string("NOT_REDRIVABLE"))
        #expect(
            detail["redriveStatusReason"]
                == .string("Execution is SUCCEEDED and cannot be redriven")
        )
        guard case .object(let first)? = found[0].event["detail"] else { return }
        #expect(first["stopDate"] == .null)
        #expect(first["output"] == .null)
        #expect(first["outputDetails"] == .null)
        await engine.shutdown()
    }

    @Test("a redriven execution runs again, and its changes count the redrives")
    func redrive() async throws {
        let engine = try engine()
        let fail = #"{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Bad","Cause":"so"}}}"#
        let execution = try await engine.start(try await engine.create("m", fail))
        _ = try await engine.waitForExecution(arn: execution)
        let middle = try engine.store.end()
        _ = try await engine.redriveExecution(arn: execution, clientToken: nil)
        let found = try await changes(engine, from: Self.beginning, count: 4)
        #expect(found.map(\.status) == [.running, .failed, .running, .failed])
        let details = found.map { change -> JSONObject in
            guard case .object(let detail)? = change.event["detail"] else { return JSONObject() }
            return detail
        }
        #expect(details.map { $0["redriveCount"]?.description } == ["0", "0", "1", "1"])
        #expect(details[1]["redriveStatus"] == .string("REDRIVABLE"))
        #expect(details[1]["error"] == .string("Bad"))
        #expect(details[1]["redriveDate"] == .null)
        #expect(details[3]["redriveDate"] != .null)
        // From the middle of the log it is the same, although the start is not in it.
        let place = ExecutionStatusChanges.Place(cursor: middle)
        let later = try await changes(engine, from: place, count: 2)
        #expect(later.map(\.event) == found.suffix(2).map(\.event))
        await engine.shutdown()
    }

    @Test("input that is too large for an event is left out")
    func largeInput() async throws {
        let engine = try engine()
        let text = "\"" + String(repeating: "a", count: 250 << 10) + "\""
        let machine = try await engine.create("m", Machines.pass)
        let execution = try await engine.start(machine, input: text)
        _ = try await engine.waitForExecution(arn: execution)
        let found = try await changes(engine, from: Self.beginning, count: 2)
        guard case .object(let detail)? = found[1].event["detail"] else { return }
        #expect(detail["input"] == .null)
        #expect(detail["outputDetails"]?.description == #"{"included":false}"#)
        await engine.shutdown()
    }

    @Test("Express executions are not among them; the sequence ends with the engine")
    func expressAndEnd() async throws {
        let engine = try engine()
        let all = try ExecutionStatusChanges(engine: engine, from: Self.beginning)
        let express = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "x",
                definition: Machines.pass,
                roleARN: "arn:aws:iam::000000000000:role/r",
                type: .express
            )
        ).stateMachineARN
        let request = StartExecutionRequest(stateMachineARN: express)
        _ = try await engine.startSyncExecution(request)
        let standard = try await engine.start(try await engine.create("m", Machines.pass))
        async let seen = all.reduce(into: [String]()) { $0.append($1.executionARN) }
        _ = try await engine.waitForExecution(arn: standard)
        await engine.shutdown()
        #expect(try await seen == [standard, standard])
    }

    @Test("whoever waits is cancelled")
    func cancelled() async throws {
        let engine = try engine()
        let waiting = Task { try await changes(engine, count: 1) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await engine.shutdown()
    }

    @Test("behind each place nothing is missing")
    func places() async throws {
        let store = SimulatedStore()
        let engine = try engine(on: store)
        let machine = try await engine.create("m", Machines.pass)
        for number in 0..<20 {
            let execution = try await engine.start(machine, name: "e\(number)")
            _ = try await engine.waitForExecution(arn: execution)
        }
        let found = try await changes(engine, from: Self.beginning, count: 40)
        for index in [0, 7, 20, 38] {
            let rest = found[(index + 1)...].map(\.id)
            var again: [String] = []
            let place = found[index].place
            for try await change in try ExecutionStatusChanges(engine: engine, from: place) {
                again.append(change.id)
                if change.id == rest.last { break }
            }
            #expect(again.suffix(rest.count) == rest[...])
        }
        await engine.shutdown()
    }

    @Test("what is decoded at a time is bounded, however small the turns that refer to it")
    func largeInputs() async throws {
        let engine = try engine()
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        let input = #"{"text":"\#(String(repeating: "large ", count: 40_000))"}"#
        var executions: [String] = []
        for number in 0..<40 {
            executions.append(try await engine.start(machine, name: "e\(number)", input: input))
        }
        for execution in executions { _ = try await engine.waitForExecution(arn: execution) }

        var follower = try ExecutionFollower(
            engine: engine,
            scope: .standard,
            from: StoreCursor(number: 0)
        )
        var changes: [ExecutionStatusChange] = []
        while changes.count < 80 {
            let before = follower.cursor
            let turns = try #require(try await follower.next())
            let place = ExecutionStatusChanges.Place(cursor: before)
            let found = turns.flatMap { engine.statusChanges(in: $0, at: place) }
            // Input and output of at most so many executions at a time.
            #expect(found.count <= 20)
            changes += found
        }
        #expect(changes.filter { $0.status == .succeeded }.count == 40)
        #expect(changes.allSatisfy { $0.description.input.text.count == input.utf8.count })
        #expect(Set(changes.map(\.id)).count == 80)
        await engine.shutdown()
    }
}
