import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Synchronization
import Testing

/// What a large Map Run costs those who ask for it, and what is kept of it.
@Suite("Large Map Runs", .timeLimit(.minutes(10)))
struct LargeMapRunTests {
    private static let count = 1_000

    /// As many children may fail as do.
    private static func machine(_ type: String, _ fields: String = "") -> String {
        Machines.judgingMap(type, fields + #""ToleratedFailurePercentage": 100,"#)
    }

    /// So many items, of which each second is a 1.
    private static let items =
        "[" + (0..<count).map { String($0 % 2) }.joined(separator: ",") + "]"

    @Test("a description looks each failed child up once, and none of an Express run")
    func described() async throws {
        for (type, lookups) in [("STANDARD", Self.count / 2), ("EXPRESS", 0)] {
            let world = try Self.world()
            let run = try await world.run(Self.machine(type), Self.items)
            _ = world.takeLookups()
            for expected in [lookups, 0, 0] {
                let found = try await world.engine.describeMapRun(arn: run)
                #expect(found.itemCounts.failed == Self.count / 2)
                #expect(found.itemCounts.failuresNotRedrivable == 0)
                #expect(world.takeLookups() == expected, "\(type)")
            }
            await world.engine.shutdown()
        }
    }

    @Test("the children whose results are written are not looked for by their names one by one")
    func written() async throws {
        let writer = #"""
            "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
              "Parameters": {"Bucket": "b", "Prefix": "p"},
              "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSONL"}},
            """#
        let world = try Self.world()
        _ = try await world.run(Self.machine("EXPRESS", writer), Self.items)
        #expect(world.takeLookups() <= Self.count / 100)
        let lines = world.target.text(of: "SUCCEEDED_0.jsonl").split(separator: "\n")
        #expect(lines == [Substring](repeating: "0", count: Self.count / 2))
        let failed = world.target.text(of: "FAILED_0.jsonl").split(separator: "\n")
        #expect(failed.count == Self.count / 2)
        await world.engine.shutdown()
    }

    @Test("what is asked of a Map Run that is over is not read from its whole log")
    func over() async throws {
        let world = try Self.world()
        let run = try await world.run(Self.machine("EXPRESS"), Self.items)
        // What was in memory is let go of when the end is durable.
        _ = try await world.engine.describeMapRun(arn: run)
        _ = world.store.takeRead()
        _ = try await world.run(Self.machine("EXPRESS"), "[0]", name: "other")
        let found = try await world.engine.describeMapRun(arn: run)
        #expect(found.executionCounts.total == Self.count)
        let read = world.store.takeRead().reduce(0) { $0 + $1.bytes.count }
        #expect(read <= EngineLimits().snapshotFloorBytes, "\(read) bytes")
        await world.engine.shutdown()
    }

    @Test("the last snapshot of a Map Run has nothing of its items, whatever the one before had")
    func lastSnapshot() throws {
        let rig = try Rig(limits: { $0.snapshotFloorBytes = 0 })
        let machine = #"""
            {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L",
              "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "T", "States": {"T": {"Type": "Pass", "Result": 0, "End": true}}},
              "End": true}}}
            """#
        try rig.create("m", machine)
        let item = #""\#(String(repeating: "x", count: 1_000))""#
        rig.simulation.start("m", name: "one", input: "[\(item),\(item),\(item)]")
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .succeeded)
        let snapshot = try #require(try rig.simulation.store.snapshot(of: head.execution))
        #expect(snapshot.ordinal == head.lastOrdinal)
        // The input of the execution itself, once.
        #expect(snapshot.bytes.count < 2 * 3_000, "\(snapshot.bytes.count) bytes")
    }

    @Test("results that nothing looks at are not kept, in memory or in the parent's log")
    func unused() throws {
        for (path, kept) in [(#""ResultPath": null,"#, 0), ("", 4)] {
            let rig = try Rig(Self.silentOnFive)
            let work = #"{"Type": "Task", "Resource": "work", "End": true}"#
            try rig.create(
                "m",
                #"""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", \#(path)
                  "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "T", "States": {"T": \#(work)}},
                  "End": true}}}
                """#
            )
            rig.simulation.start("m", name: "one", input: "[1,2,3,4,5]")
            rig.settle()
            let parent = try #require(rig.simulation.head(of: "one", in: "m")).execution
            let state = Mutex<ExecutionState?>(nil)
            rig.simulation.send(
                .state(
                    StateCommand(execution: parent) { answer in
                        state.withLock { $0 = (try? answer.get()) ?? nil }
                    }
                )
            )
            rig.settle()
            let run = try #require(state.withLock { $0 }?.mapRuns.first)
            #expect(run.count(.succeeded) == 4)
            #expect(run.results.count == kept)
            // The texts alone: what the items were parsed to is no business of the run.
            #expect(run.open.values.map(\.parsed) == [nil])
            #expect(rig.problems == [])
        }
    }

    private static let silentOnFive: Rig.Responder = { task, _ in
        task.dispatch.parameters.text == Array("5".utf8)
            ? .vanish : .succeed(task.dispatch.parameters)
    }

    // MARK: An engine on a store that counts

    private static func world() throws -> World {
        let lookups = Lookups()
        let target = Target()
        let store = ShapedStore(beforeLookup: { machine in
            if machine.hasSuffix("/L") { lookups.count.add(1, ordering: .relaxed) }
        })
        var configuration = EngineConfiguration()
        configuration.silence()
        // What has ended leaves memory at once, and what else is there soon.
        configuration.limits.residentExecutions = 1
        configuration.resultTarget = target
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(skips: false),
            entropy: SeededEntropy(seed: 5)
        )
        return World(engine: engine, store: store, target: target, counter: lookups)
    }

    private struct World {
        let engine: Engine
        let store: ShapedStore
        let target: Target
        let counter: Lookups

        /// The questions who has the name of a child, since this was last asked.
        func takeLookups() -> Int { counter.count.exchange(0, ordering: .relaxed) }

        /// Runs a Map to its end, and gives the ARN of its run.
        func run(
            _ definition: String,
            _ input: String,
            name: String = "m"
        ) async throws -> String {
            let machine = try await engine.create(name, definition)
            let execution = try await engine.start(machine, input: input)
            let closed = try await engine.waitForExecution(arn: execution)
            #expect(closed.status == .succeeded)
            return try await engine.listMapRuns(
                executionARN: execution,
                maxResults: 1,
                nextToken: nil
            ).items[0].mapRunARN
        }
    }

    private final class Lookups: Sendable {
        let count = Atomic<Int>(0)
    }

    private final class Target: ResultTarget {
        private let objects = Mutex<[ResultObject]>([])

        func put(_ object: ResultObject) async throws(MapRunDataFault) {
            objects.withLock { $0.append(object) }
        }

        /// The text of the one object whose key ends so.
        func text(of name: String) -> String {
            let found = objects.withLock { $0.filter { $0.key.hasSuffix(name) } }
            #expect(found.count == 1)
            return String(decoding: found.first?.bytes ?? [], as: UTF8.self)
        }
    }
}
