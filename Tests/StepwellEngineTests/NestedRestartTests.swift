import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

/// An engine whose process dies after any of its commits leaves no nested execution without a
/// parent that wants it.
@Suite("Nested executions over restarts", .timeLimit(.minutes(10)))
struct NestedRestartTests {
    /// How a parent gives its child up.
    enum Ending: CaseIterable {
        case stop, taskTimeout, executionTimeout, failureBeside, retry, redrive
    }

    private static let child = #"""
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 86400, "End": true}}}
        """#

    private static func parent(_ ending: Ending, _ pattern: String) -> String {
        let more =
            switch ending {
            case .taskTimeout: #""TimeoutSeconds": 3,"#
            case .retry:
                #"""
                "TimeoutSeconds": 3, "Retry": [{"ErrorEquals": ["States.ALL"],
                  "IntervalSeconds": 1, "MaxAttempts": 1}],
                """#
            case .stop, .executionTimeout, .failureBeside, .redrive: ""
            }
        let task = """
            {"StartAt": "S", "States": {"S": {"Type": "Task", \(more) "End": true,
              "Resource": "arn:aws:states:::states:startExecution\(pattern)",
              "Parameters": {"StateMachineArn": "\(Simulation.stateMachineARN("child"))"}}}}
            """
        switch ending {
        case .stop, .taskTimeout, .retry, .redrive: return task
        case .executionTimeout:
            return task.replacing(
                #"{"StartAt": "S""#,
                with: #"{"TimeoutSeconds": 3, "StartAt": "S""#
            )
        case .failureBeside:
            return """
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                  \(task), {"StartAt": "V", "States": {
                    "V": {"Type": "Wait", "Seconds": 3, "Next": "F"},
                    "F": {"Type": "Fail", "Error": "E"}}}]}}}
                """
        }
    }

    private func engine(_ store: SimulatedStore, _ clock: VirtualClock) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(store: store, configuration: configuration, clock: clock)
    }

    @Test(
        "leave no child behind",
        arguments: Ending.allCases,
        [".sync", ".sync:2"]
    )
    func everyCommit(_ ending: Ending, _ pattern: String) async throws {
        let store = SimulatedStore()
        let clock = VirtualClock(skips: false)
        let first = try engine(store, clock)
        _ = try await first.create("child", Self.child)
        let machine = try await first.create("parent", Self.parent(ending, pattern))
        let arn = try await first.start(machine)
        for try await event in first.events(of: arn)
        where event.body.type == .taskSubmitted { break }
        if ending == .stop || ending == .redrive {
            _ = try await first.stopExecution(arn: arn, error: "E", cause: nil)
        } else {
            clock.advance(by: .seconds(3))
        }
        for try await event in first.events(of: arn) where Self.givesUp(event) { break }
        if ending == .redrive {
            _ = try await first.redriveExecution(arn: arn, clientToken: nil)
            while try await Self.children(first).count < 2 { await Task.yield() }
        }
        let child = try #require(try await Self.children(first).first)
        _ = try await first.waitForExecution(arn: child)
        await first.shutdown()
        #expect(store.commitCount > 4)
        for count in 0...store.commitCount {
            try await check(store.image(afterCommits: count), clock.now(), arn, after: count)
        }
    }

    private static func givesUp(_ event: HistoryEvent) -> Bool {
        [.executionAborted, .executionTimedOut, .executionFailed, .taskTimedOut]
            .contains(event.body.type)
    }

    private static func children(_ engine: Engine) async throws -> [String] {
        let machine = Simulation.stateMachineARN("child")
        let page = try? await engine.listExecutions(
            ListExecutionsRequest(stateMachineARN: machine)
        )
        return page?.items.reversed().map(\.executionARN) ?? []
    }

    /// Goes on with what a crash has left, and waits for the end of a child that is given up: it
    /// would come never, or after a day.
    private func check(
        _ store: SimulatedStore,
        _ time: Timestamp,
        _ arn: String,
        after commits: Int
    ) async throws {
        let engine = try engine(store, VirtualClock(start: time, skips: false))
        let history = try? await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: arn)
        )
        if history?.items.contains(where: Self.givesUp) == true,
            let child = try await Self.children(engine).first
        {
            let ended = try await engine.waitForExecution(arn: child)
            #expect(ended.status == .aborted, "after \(commits) commits")
            // What a task of the redriven parent has started is wanted.
            for later in try await Self.children(engine).dropFirst() {
                let status = try await engine.describeExecution(arn: later).status
                #expect(status == .running, "after \(commits) commits")
            }
            let parent = try await engine.describeExecution(arn: arn)
            let last = try #require(history?.items.last)
            if parent.status != .running, history?.items.last.map(Self.givesUp) == true {
                #expect(parent.stopDate == last.timestamp)
                #expect(parent.failure?.error != nil)
            }
        }
        await engine.shutdown()
    }

    @Test("that a token ends wait for it over a restart")
    func callback() async throws {
        let store = SimulatedStore()
        let clock = VirtualClock(skips: false)
        let first = try engine(store, clock)
        _ = try await first.create("child", Self.child)
        let machine = try await first.create(
            "parent",
            Self.parent(.stop, ".waitForTaskToken").replacing(
                #"{"StateMachineArn""#,
                with: #"{"Input": {"t.$": "$$.Task.Token"}, "StateMachineArn""#
            )
        )
        let arn = try await first.start(machine)
        for try await event in first.events(of: arn)
        where event.body.type == .taskSubmitted { break }
        let left = store.image()
        await first.shutdown()
        let second = try engine(left, clock)
        let child = try #require(try await Self.children(second).first)
        let input = try await second.describeExecution(arn: child).input
        let token = try #require(try input.value()["t"]?.stringValue)
        // Behind whatever recovery hands out again.
        for _ in 0..<1_000 { await Task.yield() }
        #expect(try await second.describeExecution(arn: arn).status == .running)
        try await second.sendTaskSuccess(token: token, output: Array("1".utf8))
        #expect(try await second.waitForExecution(arn: arn).status == .succeeded)
        await second.shutdown()
    }
}
