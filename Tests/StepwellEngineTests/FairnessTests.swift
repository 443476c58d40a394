import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Fairness")
struct FairnessTests {
    @Test("an endless loop and a Map of 10,000 items leave a Wait its turn")
    func loopAndMapBesideWait() throws {
        let rig = try Rig()
        try rig.create("loop", Machines.endless)
        try rig.create("map", Machines.bigMap)
        try rig.create("wait", Machines.wait(seconds: 1))
        rig.simulation.start("loop", name: "one", input: #"{"stop":false}"#)
        let items = "[" + (0..<10_000).map(String.init).joined(separator: ",") + "]"
        rig.simulation.start("map", name: "one", input: items)
        rig.simulation.start("wait", name: "one")
        for _ in 0..<3 { rig.simulation.handleMessage() }
        rig.simulation.seal()
        rig.simulation.commit()
        #expect(rig.simulation.core.hasWork(at: rig.simulation.reading))

        // The Wait is due: one more slice has to fire it, however much the others want to do.
        rig.simulation.pass(milliseconds: 1_000)
        let turns = rig.simulation.turnsTaken
        rig.simulation.advance()
        rig.simulation.seal()
        rig.simulation.commit()
        #expect(rig.simulation.head(of: "one", in: "wait")?.summary.status == .succeeded)
        #expect(rig.simulation.turnsTaken - turns <= 8)
        #expect(rig.simulation.head(of: "one", in: "map")?.summary.status == .running)

        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "one", in: "loop")?.summary.status == .failed)
        #expect(rig.simulation.head(of: "one", in: "map") != nil)
        #expect(rig.problems == [])
    }

    @Test("executions that go on take turns")
    func takeTurns() throws {
        let rig = try Rig()
        try rig.create("loop", Machines.endless)
        for index in 0..<8 {
            rig.simulation.start("loop", name: "l\(index)", input: #"{"stop":false}"#)
        }
        for _ in 0..<8 { rig.simulation.handleMessage() }
        for _ in 0..<20 {
            rig.simulation.advance()
            rig.simulation.seal()
            rig.simulation.commit()
            let reached = (0..<8).compactMap {
                rig.simulation.head(of: "l\($0)", in: "loop")?.lastOrdinal.rawValue
            }
            let spread = (reached.max() ?? 0) - (reached.min() ?? 0)
            #expect(spread <= 600)
        }
    }
}
