import StepwellEngine
import StepwellTesting
import Synchronization
import Testing

/// What listing the children of a large Map Run reads.
@Suite("Listings of children", .timeLimit(.minutes(10)))
struct ChildListingTests {
    private static let count = 2_500

    /// A Map whose last child fails.
    private static let definition = Machines.judgingMap("STANDARD", #""MaxConcurrency": 100,"#)

    @Test("Children that were redriven are looked for a part of the run at a time, or not at all")
    func redriven() async throws {
        let counter = LookupCounter()
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(
            store: ShapedStore(beforeLookup: { counter.note($0) }),
            configuration: configuration,
            clock: VirtualClock(skips: false),
            entropy: SeededEntropy(seed: 5)
        )
        let machine = try await engine.create("m", Self.definition)
        let items = [String](repeating: "0", count: Self.count - 1) + ["1"]
        let execution = try await engine.start(
            machine,
            input: "[" + items.joined(separator: ",") + "]"
        )
        _ = try await engine.waitForExecution(arn: execution)
        let run = try await engine.listMapRuns(
            executionARN: execution,
            maxResults: 1,
            nextToken: nil
        ).items[0].mapRunARN
        _ = counter.take()
        #expect(try await redriven(of: run, engine, counter) == 0)
        #expect(counter.take() == 0, "the run was never redriven")
        _ = try await engine.redriveExecution(arn: execution, clientToken: nil)
        _ = try await engine.waitForExecution(arn: execution)
        _ = counter.take()
        #expect(try await redriven(of: run, engine, counter) == 1)
        await engine.shutdown()
    }

    /// How many children are listed as redriven.
    private func redriven(
        of run: String,
        _ engine: Engine,
        _ counter: LookupCounter
    ) async throws -> Int {
        try await Pages.all {
            #expect(counter.take() <= 2_000)
        } _: {
            try await engine.listChildExecutions(
                mapRunARN: run,
                isRedriven: true,
                statusFilter: nil,
                maxResults: 100,
                nextToken: $0
            )
        }.count
    }

    /// Counts the questions who has the name of a child.
    private final class LookupCounter: Sendable {
        private let count = Atomic<Int>(0)

        func note(_ stateMachineARN: String) {
            if stateMachineARN.hasSuffix("/L") { count.add(1, ordering: .relaxed) }
        }

        func take() -> Int { count.exchange(0, ordering: .relaxed) }
    }
}
