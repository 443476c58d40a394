import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("The shard's condition")
struct ConditionTests {
    @Test(
        "after a failing commit an idle shard shows by itself that commits succeed again",
        arguments: [StoreError.Code.full, .failed, .unknown]
    )
    func failingCommit(_ code: StoreError.Code) throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        let condition = rig.simulation.core.condition
        #expect(condition.current.obstacle == nil)
        rig.simulation.store.freeze(with: code)
        rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(condition.current.commitFailure?.code == code)
        #expect((condition.current.full != nil) == (code == .full))

        // Nothing asks for anything, and the store still fails: it is tried again and again.
        let tries = rig.simulation.store.appendCount
        for _ in 0..<20 { rig.rest() }
        #expect(rig.simulation.store.appendCount == tries + 20)
        #expect(condition.current.commitFailure?.code == code)
        rig.simulation.store.thaw()
        rig.rest()
        #expect(condition.current.obstacle == nil)
        #expect(rig.simulation.run())
        #expect(rig.simulation.store.appendCount == tries + 21)
    }

    @Test(
        "a shard that writes no more says why",
        arguments: [StoreError.Code.damaged, .fenced, .inUse, .unusable, .contradiction]
    )
    func readOnly(_ code: StoreError.Code) throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        rig.simulation.store.failAppend(1, with: code)
        let start = rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(rig.simulation.core.condition.current.readOnly?.code == code)
        #expect(start.error?.code == "ServiceUnavailable")
        let tries = rig.simulation.store.appendCount
        #expect(rig.simulation.run())
        #expect(rig.simulation.store.appendCount == tries)
    }
}

extension Rig {
    /// Lets the time pass until the shard does something of itself, and settles what it does.
    fileprivate func rest() {
        guard let due = simulation.core.nextDue(at: simulation.reading) else { return }
        simulation.pass(milliseconds: due.milliseconds - simulation.now.milliseconds)
        settle()
        simulation.advance()
    }
}
