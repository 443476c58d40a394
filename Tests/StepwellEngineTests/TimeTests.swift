import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Timers, retries, timeouts")
struct TimeTests {
    @Test("executions wake in the order in which they are due")
    func wakeInOrder() throws {
        let rig = try Rig()
        for seconds in [30, 10, 20] {
            try rig.create("m\(seconds)", Machines.wait(seconds: seconds))
            rig.simulation.start("m\(seconds)", name: "w")
        }
        #expect(rig.simulation.run())
        let closed = rig.world.closed.map(\.stateMachineARN)
        #expect(closed == [10, 20, 30].map { Simulation.stateMachineARN("m\($0)") })
        let waits = rig.world.closed.map { $0.stopDate.milliseconds - $0.startDate.milliseconds }
        #expect(waits == [10_000, 20_000, 30_000])
        #expect(rig.problems == [])
    }

    @Test("more sleepers than the queue holds all wake, on time")
    func moreSleepersThanMemory() throws {
        let rig = try Rig(limits: {
            $0.timerQueueCapacity = 16
            $0.residentExecutions = 4
        })
        for index in 0..<20 {
            try rig.create("m\(index)", Machines.wait(seconds: 100 + index % 7))
        }
        for index in 0..<200 { rig.simulation.start("m\(index % 20)", name: "w\(index)") }
        #expect(rig.simulation.run(atMost: 2_000_000))
        #expect(rig.world.closed.count == 200)
        for closed in rig.world.closed {
            let waited = closed.stopDate.milliseconds - closed.startDate.milliseconds
            let machine = Int(closed.stateMachineARN.split(separator: "m").last ?? "") ?? -1
            #expect(waited == Int64(100 + machine % 7) * 1_000)
        }
        #expect(rig.simulation.core.residentCount <= 4)
        #expect(rig.problems == [])
    }

    @Test("the timers of executions that were stopped load none of them")
    func stoppedSleepers() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        for index in 0..<50 { rig.simulation.start("m", name: "w\(index)") }
        rig.settle()
        for index in 0..<50 {
            let head = try #require(rig.simulation.head(of: "w\(index)", in: "m"))
            rig.simulation.send(.stop(Failure(error: nil, cause: nil)), to: head.execution)
        }
        rig.settle()
        rig.simulation.advance()
        #expect(rig.simulation.core.residentCount == 0)
        rig.simulation.pass(milliseconds: 100_000)
        rig.simulation.advance()
        #expect(rig.simulation.core.residentCount == 0)
        #expect(!rig.simulation.core.hasWork(at: rig.simulation.reading))
        #expect(rig.simulation.core.nextDue(at: rig.simulation.reading) == nil)
    }

    @Test("a flaky task is retried with back-off until it succeeds")
    func retries() throws {
        let rig = try Rig(Responders.flaky(times: 3))
        try rig.create("m", Machines.retried)
        rig.simulation.start("m", name: "one")
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .succeeded)
        let stop = try #require(head.stopDate)
        #expect(stop.milliseconds - head.startDate.milliseconds == 70_000)
        #expect(rig.world.deeds.count == 4)
        #expect(Set(rig.world.deeds.map(\.idempotencyKey)).count == 4)
        #expect(rig.problems == [])
    }

    @Test("a task that says nothing times out, is called back, and its late result is refused")
    func timeouts() throws {
        let rig = try Rig(Responders.silent)
        try rig.create("m", Machines.timed)
        rig.simulation.start("m", name: "one")
        #expect(rig.simulation.run())
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .failed)
        let key = try #require(rig.world.cancelled.first)
        let late = rig.simulation.send(
            .taskSucceeded(key.ordinal, output: Payload(text: Array("1".utf8))),
            to: key.execution
        )
        rig.settle()
        guard case .refused(let stopTime)? = late.success else {
            Issue.record("the late result was not refused")
            return
        }
        #expect(stopTime == head.stopDate)
        #expect(rig.problems == [])
    }

    @Test("a stop ends the execution and calls its task back")
    func stops() throws {
        let rig = try Rig(Responders.silent)
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let number = try #require(rig.simulation.head(of: "one", in: "m")).execution
        let stop = Input.stop(Failure(error: "Enough", cause: "because"))
        let reply = rig.simulation.send(stop, to: number)
        rig.settle()
        guard case .accepted? = reply.success else {
            Issue.record("the stop was not accepted")
            return
        }
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .aborted)
        #expect(rig.world.cancelled.map(\.execution) == [number])
        let again = rig.simulation.send(stop, to: number)
        rig.settle()
        guard case .refused? = again.success else {
            Issue.record("a second stop was accepted")
            return
        }
        #expect(rig.problems == [])
    }
}
