import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Starting executions")
struct StartTests {
    @Test("a start is answered when it is durable, not before")
    func answeredWhenDurable() throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        let reply = rig.simulation.start("m", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        #expect(reply.value == nil)
        rig.simulation.commit()
        #expect(reply.success?.executionARN.hasSuffix(":execution:m:one") == true)
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("the same name with the same input is the same execution while it runs")
    func idempotentWhileRunning() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        let first = rig.simulation.start("m", name: "one", input: #"{"a":1}"#)
        let again = rig.simulation.start("m", name: "one", input: #"{"a":1}"#)
        let other = rig.simulation.start("m", name: "one", input: #"{"a":2}"#)
        rig.settle()
        #expect(first.success != nil)
        #expect(again.success == first.success)
        #expect(other.error?.code == "ExecutionAlreadyExists")
        #expect(rig.simulation.store.allHeads().count == 2)
    }

    @Test("'already exists' is not said before what it rests on is durable")
    func refusalsWaitToo() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        rig.simulation.start("m", name: "one", input: "1")
        let other = rig.simulation.start("m", name: "one", input: "2")
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        rig.simulation.seal()
        #expect(other.value == nil)
        rig.simulation.commit()
        #expect(other.error?.code == "ExecutionAlreadyExists")
    }

    @Test("the name of a closed execution is taken for its retention, then free")
    func namesComeFreeAgain() throws {
        let rig = try Rig(limits: { $0.nameRetentionMilliseconds = 90 * 86_400_000 })
        try rig.create("m", Machines.pass)
        try rig.create("clock", Machines.wait(seconds: 90 * 86_400 + 1))
        rig.simulation.start("m", name: "one")
        rig.settle()
        let early = rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(early.error?.code == "ExecutionAlreadyExists")
        rig.simulation.start("clock", name: "later")
        rig.simulation.run()
        let late = rig.simulation.start("m", name: "one")
        rig.simulation.run()
        #expect(late.success != nil)
    }

    @Test("an unknown state machine is refused by name")
    func unknownMachine() throws {
        let rig = try Rig()
        let reply = rig.simulation.start("nowhere", name: nil)
        rig.settle()
        #expect(reply.error?.code == "StateMachineDoesNotExist")
        #expect(reply.error?.message.contains("stateMachine:nowhere") == true)
    }

    @Test("creating a state machine again is the same only with the same definition")
    func createTwice() throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        let same = try rig.simulation.createStateMachine("m", definition: Machines.pass)
        let other = try rig.simulation.createStateMachine("m", definition: Machines.task)
        rig.settle()
        #expect(same.success != nil)
        #expect(other.error?.code == "StateMachineAlreadyExists")
    }
}
