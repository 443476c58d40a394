import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Activities and task tokens")
struct ActivityTests {
    private func rigWithWork() throws -> Rig {
        let rig = try Rig()
        rig.simulation.createActivity("pack")
        rig.settle()
        try rig.create("m", Machines.activity(Simulation.activityARN("pack")))
        return rig
    }

    private func token(from poll: Reply<ActivityTask?>) throws -> TaskToken {
        let task = try #require(poll.success ?? nil)
        return try #require(TaskToken(text: task.taskToken))
    }

    @Test("a worker gets the task after its start is recorded, and ends it by its token")
    func pollAndSucceed() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one", input: #"{"parcel":7}"#)
        rig.settle()
        let poll = rig.simulation.poll("pack", id: 1)
        rig.simulation.handleMessage()
        rig.simulation.seal()
        #expect(poll.value == nil)
        rig.simulation.commit()
        let task = try #require(poll.success ?? nil)
        #expect(task.input.string == #"{"parcel":7}"#)
        let token = try #require(TaskToken(text: task.taskToken))
        rig.simulation.send(
            .taskSucceeded(token.ordinal, output: Payload(text: Array("true".utf8))),
            to: token.execution,
            secret: token.secret
        )
        rig.settle()
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        let started = try rig.events(of: "one", in: "m").contains { event in
            if case .activity(.started(workerName: "worker")) = event.body { true } else { false }
        }
        #expect(started)
        #expect(rig.problems == [])
    }

    @Test("a worker that polls first is given the task when it comes")
    func pollFirst() throws {
        let rig = try rigWithWork()
        let first = rig.simulation.poll("pack", id: 1)
        let second = rig.simulation.poll("pack", id: 2)
        rig.settle()
        #expect(first.value == nil)
        rig.simulation.start("m", name: "one")
        rig.settle()
        #expect((first.success ?? nil) != nil)
        #expect(second.value == nil)
        rig.simulation.send(.cancel(RequestID(2)))
        rig.settle()
        #expect(second.success == .some(nil))
    }

    @Test("a token with another secret opens nothing")
    func wrongSecret() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one")
        let poll = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let token = try token(from: poll)
        var secret = token.secret
        secret[15] ^= 1
        let reply = rig.simulation.send(
            .taskHeartbeat(token.ordinal),
            to: token.execution,
            secret: secret
        )
        rig.settle()
        guard case .unknown? = reply.success else {
            Issue.record("a forged token was taken")
            return
        }
    }

    @Test("heartbeats keep a task alive; silence ends it")
    func heartbeats() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one")
        let poll = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let token = try token(from: poll)
        rig.simulation.send(
            .taskHeartbeat(token.ordinal),
            to: token.execution,
            secret: token.secret
        )
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .failed)
        #expect(rig.problems == [])
    }

    @Test("after a crash, a task that no worker had, or whose worker was told, is given again")
    func redelivery() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one")
        let poll = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let before = try #require(poll.success ?? nil)
        try rig.simulation.crash()
        let again = rig.simulation.poll("pack", id: 2)
        rig.settle()
        let after = try #require(again.success ?? nil)
        #expect(after.taskToken == before.taskToken)
        #expect(rig.problems == [])
    }

    @Test("a task whose worker has gone before the answer reached it goes to the next at once")
    func handBack() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one")
        rig.simulation.start("m", name: "two")
        let lost = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let before = try token(from: lost)
        let key = TaskKey(execution: before.execution, ordinal: before.ordinal)
        rig.simulation.send(.handBack(key))
        rig.simulation.send(.handBack(key))
        let next = rig.simulation.poll("pack", id: 2)
        rig.settle()
        #expect(try token(from: next) == before)
        let other = rig.simulation.poll("pack", id: 3)
        rig.settle()
        #expect(try token(from: other).execution != before.execution)
        let none = rig.simulation.poll("pack", id: 4)
        rig.settle()
        #expect(none.value == nil)
        #expect(rig.problems == [])
    }

    @Test("a task that has ended is not handed back")
    func handBackTooLate() throws {
        let rig = try rigWithWork()
        rig.simulation.start("m", name: "one")
        let poll = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let token = try token(from: poll)
        rig.simulation.send(
            .taskSucceeded(token.ordinal, output: Payload(text: Array("1".utf8))),
            to: token.execution,
            secret: token.secret
        )
        rig.simulation.send(
            .handBack(TaskKey(execution: token.execution, ordinal: token.ordinal))
        )
        let next = rig.simulation.poll("pack", id: 2)
        rig.settle()
        #expect(next.value == nil)
    }

    @Test("an activity that is not there is refused by name")
    func unknownActivity() throws {
        let rig = try Rig()
        let poll = rig.simulation.poll("nowhere", id: 1)
        rig.settle()
        #expect(poll.error?.code == "ActivityDoesNotExist")
    }
}
