import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellTesting
import Testing

/// Distributed Map states: their Map Runs, and the child executions of these.
@Suite("Map Runs", .timeLimit(.minutes(10)))
struct MapRunTests {
    private static func machine(_ fields: String, _ inner: String) -> String {
        #"""
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", \#(fields)
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Inner", "States": {"Inner": \#(inner)}},
          "End": true}}}
        """#
    }

    private static let work = #"{"Type": "Task", "Resource": "work", "End": true}"#
    private static let wait = #"{"Type": "Wait", "Seconds": 60, "End": true}"#
    private static let items = "[1,2,3,4,5]"

    /// Fails for the item 3.
    private static let responder: Rig.Responder = { task, _ in
        task.dispatch.parameters.text == Array("3".utf8)
            ? .fail(Failure(error: "Bad")) : .succeed(task.dispatch.parameters)
    }

    private static func children(_ rig: Rig) throws -> [ExecutionHead] {
        let machine = Simulation.stateMachineARN("m") + "/each"
        let query = ListingQuery(stateMachineARN: machine)
        return try rig.simulation.store.listing(query, after: nil, looks: 1_000).rows
    }

    private static func output(_ rig: Rig) throws -> String? {
        for event in try rig.events(of: "one", in: "m") {
            if case .executionSucceeded(let output) = event.body { return output.string }
        }
        return nil
    }

    @Test("a crash at any commit boundary runs every child once", arguments: 1...8)
    func everyBoundary(_ seed: UInt64) throws {
        let definition = Self.machine(
            #""ToleratedFailureCount": 1, "MaxConcurrency": 2,"#,
            Self.work
        )
        let whole = try Rig(seed: seed, Self.responder)
        try whole.create("m", definition)
        let start = whole.simulation.store.commitCount
        whole.simulation.start("m", name: "one", input: Self.items)
        #expect(whole.simulation.run())
        #expect(try Self.output(whole) == "[1,2,4,5]")
        for boundary in start + 1...whole.simulation.store.commitCount {
            let image = whole.simulation.store.image(afterCommits: boundary)
            let rig = try Rig(seed: seed &* 31 &+ UInt64(boundary), store: image, Self.responder)
            #expect(rig.simulation.run())
            #expect(try Self.output(rig) == "[1,2,4,5]", "boundary \(boundary)")
            #expect(try Self.children(rig).count == 5, "boundary \(boundary)")
            #expect(rig.problems == [], "boundary \(boundary)")
        }
    }

    @Test("crashes at random, snapshots at every turn", arguments: 1...6)
    func randomCrashes(_ seed: UInt64) throws {
        let rig = try Rig(seed: seed, limits: { $0.snapshotFloorBytes = 0 }, Self.responder)
        try rig.create("m", Self.machine(#""ToleratedFailurePercentage": 20,"#, Self.work))
        rig.simulation.start("m", name: "one", input: Self.items)
        rig.settle()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            for _ in 0..<(random.next() % 40) where !rig.simulation.step() { break }
            try rig.simulation.crash()
        }
        #expect(rig.simulation.run())
        #expect(try Self.output(rig) == "[1,2,4,5]")
        #expect(try Self.children(rig).count == 5)
        #expect(rig.problems == [])
    }

    @Test("a redrive goes on with the Map Run, a crash at any commit boundary or not")
    func redriven() throws {
        let inner = #"""
            {"Type": "Wait", "Seconds": 60, "Next": "Judge"}, "Judge": {"Type": "Pass",
             "QueryLanguage": "JSONata", "Output":
             "{% $states.context.Execution.RedriveCount = 0 and $states.input = 3
              ? $error('Three') : $states.input %}", "End": true}
            """#.split(separator: "\n").joined()
        let whole = try Rig(seed: 4)
        try whole.create("m", Self.machine(#""MaxConcurrency": 2,"#, inner))
        whole.simulation.start("m", name: "one", input: Self.items)
        #expect(whole.simulation.run())
        #expect(whole.simulation.head(of: "one", in: "m")?.summary.status == .failed)
        let children = try Self.children(whole).count
        #expect(children >= 3)
        let before = whole.simulation.store.commitCount
        let parent = try #require(whole.simulation.head(of: "one", in: "m"))
        whole.simulation.redrive(parent.execution)
        #expect(whole.simulation.run())
        #expect(try Self.output(whole) == Self.items)
        let after = whole.simulation.store.commitCount
        #expect(after > before + 4)
        for boundary in before + 1...after {
            let image = whole.simulation.store.image(afterCommits: boundary)
            let rig = try Rig(seed: 40 &+ UInt64(boundary), store: image)
            #expect(rig.simulation.run())
            #expect(try Self.output(rig) == Self.items, "boundary \(boundary)")
            let all = try Self.children(rig)
            #expect(all.count == 5, "boundary \(boundary)")
            #expect(all.allSatisfy { $0.summary.status == .succeeded && $0.redriveCount < 2 })
            #expect(rig.problems == [], "boundary \(boundary)")
        }
    }

    @Test("children of an execution that was stopped are stopped, a crash in between or not")
    func orphans() throws {
        for boundary in 0..<4 {
            let rig = try Rig(seed: 5)
            try rig.create("m", Self.machine("", Self.wait))
            rig.simulation.start("m", name: "one", input: Self.items)
            rig.settle()
            #expect(try Self.children(rig).count == 5)
            let head = try #require(rig.simulation.head(of: "one", in: "m"))
            rig.simulation.send(
                .input(
                    InputCommand(
                        execution: head.execution,
                        input: .stop(Failure(error: "Enough"))
                    ) { _ in }
                )
            )
            let commits = rig.simulation.store.commitCount
            rig.settle()
            let last = min(commits + boundary, rig.simulation.store.commitCount)
            let image = rig.simulation.store.image(afterCommits: last)
            let after = try Rig(seed: 6, store: image)
            #expect(after.simulation.run())
            let parent = after.simulation.head(of: "one", in: "m")?.summary.status
            let expected: ExecutionStatus = boundary == 0 ? .succeeded : .aborted
            #expect(parent == expected, "boundary \(boundary)")
            for child in try Self.children(after) {
                #expect(child.summary.status == expected, "boundary \(boundary)")
            }
            #expect(after.problems == [])
        }
    }

    @Test("no more children run at once than MaxConcurrency, in the order of the items")
    func concurrency() throws {
        let rig = try Rig(seed: 2)
        try rig.create("m", Self.machine(#""MaxConcurrency": 2,"#, Self.wait))
        rig.simulation.start("m", name: "one", input: Self.items)
        var largest = 0
        while rig.simulation.step() {
            let running = try Self.children(rig).count { $0.summary.status == .running }
            largest = max(largest, running)
        }
        #expect(largest == 2)
        #expect(try Self.output(rig) == Self.items)
    }

    @Test("a child sees none of the variables around the Map, and its own context")
    func isolation() throws {
        let inner = #"""
            {"Type": "Pass", "End": true, "Parameters": {"id.$": "$$.Execution.Id",
             "machine.$": "$$.StateMachine.Id", "input.$": "$$.Execution.Input"}}
            """#
        let rig = try Rig(seed: 2)
        try rig.create("m", Self.machine("", inner))
        rig.simulation.start("m", name: "one", input: "[7]")
        #expect(rig.simulation.run())
        let child = try #require(try Self.children(rig).first)
        let arn = "arn:aws:states:us-east-1:000000000000:"
        #expect(
            try Self.output(rig)
                == #"[{"input":7,"machine":"\#(arn)stateMachine:m/each","#
                + #""id":"\#(arn)execution:m/each:\#(child.executionName)"}]"#
        )
    }
}
