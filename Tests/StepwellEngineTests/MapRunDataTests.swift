import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Synchronization
import Testing

/// Distributed Map states that read their items, batch them and write their results.
@Suite("Data of Map Runs", .timeLimit(.minutes(10)))
struct MapRunDataTests {
    private static let reader = #"""
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
          "Parameters": {"Bucket": "bucket", "Key.$": "$.key"},
          "ReaderConfig": {"InputType": "JSONL"}},
        """#
    private static let writer = #"""
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
          "Parameters": {"Bucket": "bucket", "Prefix": "results"}},
        """#
    private static let input = #"{"key": "rows"}"#
    private static let dataset = SimulatedDataset((1...7).map(String.init))

    private static func machine(_ fields: String, type: String = "STANDARD") -> String {
        #"""
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", \#(fields)
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "\#(type)"},
            "StartAt": "Inner", "States": {"Inner":
              {"Type": "Task", "Resource": "work", "End": true}}},
          "End": true}}}
        """#
    }

    private static func output(_ rig: Rig) throws -> String? {
        for event in try rig.events(of: "one", in: "m") {
            if case .executionSucceeded(let output) = event.body { return output.string }
        }
        return nil
    }

    private static func children(_ rig: Rig) throws -> [ExecutionHead] {
        let machine = Simulation.stateMachineARN("m") + "/each"
        return try rig.simulation.store
            .listing(ListingQuery(stateMachineARN: machine), after: nil, looks: 1_000).rows
    }

    @Test("a crash at any commit boundary reads on, runs every item once and writes the results")
    func everyBoundary() throws {
        let fields = Self.reader + Self.writer + #""MaxConcurrency": 2,"#
        let whole = try Rig(seed: 3, dataset: Self.dataset)
        try whole.create("m", Self.machine(fields))
        let start = whole.simulation.store.commitCount
        whole.simulation.start("m", name: "one", input: Self.input)
        #expect(whole.simulation.run())
        #expect(try Self.output(whole) == #""WRITTEN""#)
        #expect(whole.world.written.count == 1)
        for boundary in start + 1...whole.simulation.store.commitCount {
            let image = whole.simulation.store.image(afterCommits: boundary)
            let rig = try Rig(seed: 90 &+ UInt64(boundary), store: image, dataset: Self.dataset)
            #expect(rig.simulation.run())
            #expect(try Self.output(rig) == #""WRITTEN""#, "boundary \(boundary)")
            #expect(try Self.children(rig).count == 7, "boundary \(boundary)")
            #expect(rig.problems == [], "boundary \(boundary)")
        }
    }

    @Test("crashes at random, snapshots at every turn, batches", arguments: 1...6)
    func randomCrashes(_ seed: UInt64) throws {
        let fields =
            Self.reader + #""ItemBatcher": {"MaxItemsPerBatch": 3, "BatchInput": {"b": 1}},"#
        let rig = try Rig(
            seed: seed,
            limits: { $0.snapshotFloorBytes = 0 },
            dataset: Self.dataset
        )
        try rig.create("m", Self.machine(fields))
        rig.simulation.start("m", name: "one", input: Self.input)
        rig.settle()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            for _ in 0..<(random.next() % 40) where !rig.simulation.step() { break }
            try rig.simulation.crash()
        }
        #expect(rig.simulation.run())
        let batches = [[1, 2, 3], [4, 5, 6], [7]].map { items in
            #"{"BatchInput":{"b":1},"Items":["# + items.map(String.init).joined(separator: ",")
                + "]}"
        }
        #expect(try Self.output(rig) == "[" + batches.joined(separator: ",") + "]")
        #expect(try Self.children(rig).count == 3)
        #expect(rig.problems == [])
    }

    @Test("a page that cannot be read fails the run, and a redrive goes on with it")
    func unreadable() throws {
        var dataset = Self.dataset
        dataset.unreadable = 4
        let rig = try Rig(seed: 4, dataset: dataset)
        try rig.create("m", Self.machine(Self.reader))
        rig.simulation.start("m", name: "one", input: Self.input)
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .failed)
        let events = try rig.events(of: "one", in: "m")
        let failures = events.compactMap { event -> Failure? in
            if case .mapRun(.failed(let failure)) = event.body { failure } else { nil }
        }
        #expect(failures.map(\.error) == ["States.ItemReaderFailed"])
        let image = rig.simulation.store.image()
        let mended = try Rig(seed: 5, store: image, dataset: Self.dataset)
        mended.simulation.redrive(head.execution)
        #expect(mended.simulation.run())
        #expect(try Self.output(mended) == "[1,2,3,4,5,6,7]")
        #expect(try Self.children(mended).count == 7)
        #expect(mended.problems == [])
    }

    @Test("a run that is over still counts its items and its children")
    func counted() throws {
        let fields = Self.reader + #""ItemBatcher": {"MaxItemsPerBatch": 3},"#
        let rig = try Rig(seed: 9, dataset: Self.dataset)
        try rig.create("m", Self.machine(fields))
        rig.simulation.start("m", name: "one", input: Self.input)
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        let found = Mutex<ExecutionState?>(nil)
        rig.simulation.send(
            .state(
                StateCommand(execution: head.execution) { result in
                    found.withLock { $0 = (try? result.get()) ?? nil }
                }
            )
        )
        rig.settle()
        let run = try #require(found.withLock { $0 }?.mapRuns.first)
        #expect(run.status == .succeeded)
        #expect([run.total, run.itemsLeft, run.itemCount(.succeeded)] == [7, 0, 7])
        #expect(run.count(.succeeded) == 3)
    }

    @Test("MaxItems ends the reading, in the middle of a page or not", arguments: 0...8)
    func maxItems(_ count: Int) throws {
        let fields = Self.reader.replacing(
            #""InputType": "JSONL""#,
            with: #""InputType": "JSONL", "MaxItems": \#(count)"#
        )
        let rig = try Rig(seed: 6, dataset: Self.dataset)
        try rig.create("m", Self.machine(fields, type: "EXPRESS"))
        rig.simulation.start("m", name: "one", input: Self.input)
        #expect(rig.simulation.run())
        let expected = count == 0 ? 7 : min(count, 7)
        let items = (1...expected).map(String.init).joined(separator: ",")
        #expect(try Self.output(rig) == "[\(items)]")
    }

    @Test("too many failures give up what runs, write the results and fail the run")
    func failedWriting() throws {
        let rig = try Rig(seed: 7, dataset: Self.dataset) { task, _ in
            task.dispatch.parameters.string == "3"
                ? .fail(Failure(error: "Bad")) : .succeed(task.dispatch.parameters)
        }
        try rig.create("m", Self.machine(Self.reader + Self.writer + #""MaxConcurrency": 2,"#))
        rig.simulation.start("m", name: "one", input: Self.input)
        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .failed)
        #expect(rig.world.written.count == 1)
        #expect(try Self.children(rig).allSatisfy { $0.summary.status != .running })
        #expect(rig.problems == [])
    }

    @Test("a percentage of failures is one of all items, however many were read by then")
    func percentage() throws {
        for (percentage, status) in [(28, ExecutionStatus.failed), (29, .succeeded)] {
            let rig = try Rig(seed: 8, dataset: Self.dataset) { task, _ in
                ["1", "2"].contains(task.dispatch.parameters.string)
                    ? .fail(Failure(error: "Bad")) : .succeed(task.dispatch.parameters)
            }
            let fields = Self.reader + #""ToleratedFailurePercentage": \#(percentage),"#
            try rig.create("m", Self.machine(fields + #""MaxConcurrency": 1,"#))
            rig.simulation.start("m", name: "one", input: Self.input)
            #expect(rig.simulation.run())
            #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == status)
            #expect(rig.problems == [])
        }
    }
}
