import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Pages of executions and histories while they change", .timeLimit(.minutes(10)))
struct ExecutionPagingTests {
    private let engine: Engine
    private let machine: String

    init() async throws {
        var configuration = EngineConfiguration()
        configuration.silence()
        engine = try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            clock: VirtualClock(skips: false),
            entropy: SeededEntropy(seed: 5)
        )
        machine = try await engine.create("m", Machines.wait(seconds: 3_600))
    }

    private func stop(_ arn: String) async throws {
        _ = try await engine.stopExecution(arn: arn, error: nil, cause: nil)
    }

    @Test(
        "a listing has what was there all the time, once, newest first",
        arguments: [ExecutionStatus.running, nil]
    )
    func listing(status: ExecutionStatus?) async throws {
        var first: [String] = []
        for number in 0..<20 { first.append(try await engine.start(machine, name: "e\(number)")) }
        var step = 0
        let listed = try await Pages.all {
            // Some come, one that was listed closes, one that is to be listed closes.
            try await stop(first[19 - step])
            if step < 4 { try await stop(first[step]) }
            _ = try await engine.start(machine, name: "new-\(step)")
            step += 1
        } _: {
            try await engine.listExecutions(
                ListExecutionsRequest(
                    stateMachineARN: machine,
                    statusFilter: status,
                    maxResults: 3,
                    nextToken: $0
                )
            )
        }
        let names = listed.map(\.executionARN)
        #expect(Set(names).count == names.count)
        let expected = status == nil ? first : Array(first[4..<(20 - step)])
        #expect(expected.allSatisfy(names.contains))
        let numbers = listed.compactMap { Int($0.name.dropFirst()) }
        #expect(numbers == numbers.sorted(by: >))
        await engine.shutdown()
    }

    @Test("a history has each event once, in either order", arguments: [true, false])
    func history(isReversed: Bool) async throws {
        let execution = try await engine.start(machine, name: "one")
        var step = 0
        let events = try await Pages.all {
            step += 1
            if step == 1 { try await stop(execution) }
        } _: {
            try await engine.getExecutionHistory(
                GetExecutionHistoryRequest(
                    executionARN: execution,
                    maxResults: 1,
                    reverseOrder: isReversed,
                    nextToken: $0
                )
            )
        }
        let ids = events.map(\.id)
        // In reverse, what comes later stands before the first page.
        #expect(ids == (isReversed ? [2, 1] : [1, 2, 3]))
        await engine.shutdown()
    }
}
