import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// "On the next state transition, the executions are terminated" (DeleteStateMachine).
@Suite("Executions of a deleted state machine end at the next transition")
struct DeletionTests {
    private func delete(_ name: String, in rig: Rig) {
        let arn = Simulation.stateMachineARN(name)
        let command = CatalogCommand.change(
            { _, now in CatalogChange(record: .stateMachineDeleted(arn: arn, date: now)) },
            reply: { _ in }
        )
        rig.simulation.send(.catalog(command))
        rig.settle()
    }

    private func status(_ name: String, in rig: Rig) -> ExecutionStatus? {
        rig.simulation.head(of: name, in: "m")?.summary.status
    }

    @Test("When a Wait is over")
    func waiting() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        rig.simulation.start("m", name: "one")
        rig.settle()
        delete("m", in: rig)
        #expect(status("one", in: rig) == .running)
        rig.simulation.run()
        #expect(status("one", in: rig) == .aborted)
        let last = try rig.events(of: "one", in: "m").last
        #expect(last?.body.type == .executionAborted)
        #expect(rig.problems == [])
    }

    @Test("When its task has ended, whose worker is told that it was too late")
    func working() throws {
        let rig = try Rig()
        rig.simulation.createActivity("w")
        rig.settle()
        try rig.create("m", Machines.activity(Simulation.activityARN("w")))
        rig.simulation.start("m", name: "one")
        rig.settle()
        delete("m", in: rig)
        let poll = rig.simulation.poll("w", id: 1)
        rig.settle()
        let task = try #require(poll.success ?? nil)
        let token = try #require(TaskToken(text: task.taskToken))
        #expect(status("one", in: rig) == .running, "that a worker takes a task is no transition")
        let reply = rig.simulation.send(
            .taskSucceeded(token.ordinal, output: Payload(text: Array("1".utf8))),
            to: token.execution,
            secret: token.secret
        )
        rig.settle()
        guard case .refused? = reply.success else {
            Issue.record("the worker is told \(String(describing: reply.value))")
            return
        }
        #expect(status("one", in: rig) == .aborted)
        #expect(rig.problems == [])
    }

    @Test("Executions of other state machines go on")
    func others() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        try rig.create("other", Machines.wait(seconds: 100))
        rig.simulation.start("m", name: "one")
        rig.settle()
        delete("other", in: rig)
        rig.simulation.run()
        #expect(status("one", in: rig) == .succeeded)
    }
}
