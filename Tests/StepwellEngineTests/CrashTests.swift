import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Crashes")
struct CrashTests {
    private static let input = #"{"total":5,"lines":[1,2,3]}"#

    private static func rig(seed: UInt64, store: SimulatedStore = SimulatedStore()) throws -> Rig {
        try Rig(seed: seed, store: store, Responders.flakyCharge)
    }

    @Test("a crash at any commit boundary loses nothing and does nothing twice", arguments: 1...12)
    func everyBoundary(_ seed: UInt64) throws {
        let whole = try Self.rig(seed: seed)
        try whole.create("m", Machines.order)
        let start = whole.simulation.store.commitCount
        whole.simulation.start("m", name: "one", input: Self.input)
        #expect(whole.simulation.run())
        let commits = whole.simulation.store.commitCount
        #expect(commits > start)

        for boundary in start...commits {
            let image = whole.simulation.store.image(afterCommits: boundary)
            let rig = try Self.rig(seed: seed &* 31 &+ UInt64(boundary), store: image)
            let known = rig.simulation.head(of: "one", in: "m") != nil
            #expect(known == (boundary > start))
            if !known { rig.simulation.start("m", name: "one", input: Self.input) }
            #expect(rig.simulation.run())
            let head = rig.simulation.head(of: "one", in: "m")
            #expect(head?.summary.status == .succeeded, "boundary \(boundary)")
            #expect(rig.problems == [], "boundary \(boundary)")
        }
    }

    @Test(
        "many executions, crashes at random: acknowledged starts are there and end",
        arguments: 1...8
    )
    func randomCrashes(_ seed: UInt64) throws {
        let rig = try Self.rig(seed: seed)
        try rig.create("m", Machines.order)
        var random = SeededGenerator(seed: seed)
        var acknowledged: Set<String> = []
        var replies: [(name: String, reply: Reply<StartExecutionResponse>)] = []
        for index in 0..<40 {
            let name = "e\(index)"
            replies.append((name, rig.simulation.start("m", name: name, input: Self.input)))
            for _ in 0..<(random.next() % 60) where !rig.simulation.step() { break }
            for (name, reply) in replies where reply.success != nil { acknowledged.insert(name) }
            if random.next() % 5 == 0 {
                try rig.simulation.crash()
                replies = []
            }
        }
        #expect(rig.simulation.run(atMost: 1_000_000))
        for (name, reply) in replies where reply.success != nil { acknowledged.insert(name) }
        #expect(rig.simulation.crashCount > 0)
        #expect(!acknowledged.isEmpty)
        for name in acknowledged.sorted() {
            let status = rig.simulation.head(of: name, in: "m")?.summary.status
            #expect(status == .succeeded, "\(name)")
        }
        #expect(rig.problems == [])
    }

    @Test("a token that was handed on is not submitted again after a crash")
    func submittedOnce() throws {
        let rig = try Rig(Responders.submitting)
        try rig.create("m", Machines.callback)
        rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(rig.world.deeds.count == 1)
        try rig.simulation.crash()
        rig.settle()
        #expect(rig.world.deeds.count == 1)
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.pendingTasks == 1)
        #expect(rig.problems == [])
    }
}
