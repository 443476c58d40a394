import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// Time in which the engine did not run, and clocks that are set.
@Suite("Pauses and steps of the clock")
struct PauseTests {
    /// An activity task that a worker has, and the token of it.
    private func taskInWork(heartbeat: Int, timeout: Int = 600) throws -> (Rig, TaskToken) {
        let rig = try Rig()
        rig.simulation.createActivity("pack")
        rig.settle()
        let arn = Simulation.activityARN("pack")
        try rig.create("m", Machines.activity(arn, timeout: timeout, heartbeat: heartbeat))
        rig.simulation.start("m", name: "one")
        rig.settle()
        let poll = rig.simulation.poll("pack", id: 1)
        rig.settle()
        let text = try #require(poll.success ?? nil).taskToken
        return (rig, try #require(TaskToken(text: text)))
    }

    private func status(_ rig: Rig, _ name: String = "one") -> ExecutionStatus? {
        rig.simulation.advance()
        rig.settle()
        return rig.simulation.head(of: name, in: "m")?.summary.status
    }

    private func beat(_ rig: Rig, _ token: TaskToken) -> Bool {
        let reply = rig.simulation.send(
            .taskHeartbeat(token.ordinal),
            to: token.execution,
            secret: token.secret
        )
        rig.settle()
        if case .accepted? = reply.success { return true }
        return false
    }

    @Test("a stopped process leaves a worker one interval to show life again")
    func stopped() throws {
        let (rig, token) = try taskInWork(heartbeat: 2)
        rig.simulation.pass(milliseconds: 1_900)
        rig.simulation.pause(milliseconds: 4_000)
        #expect(status(rig) == .running)
        rig.simulation.pass(milliseconds: 1_900)
        #expect(status(rig) == .running)
        #expect(beat(rig, token))
        // It lives on as if nothing had been, and dies as ever.
        rig.simulation.pass(milliseconds: 1_900)
        #expect(status(rig) == .running)
        rig.simulation.pass(milliseconds: 200)
        #expect(status(rig) == .failed)
        #expect(rig.problems == [])
    }

    @Test("a worker that stays silent after the pause is timed out one interval after it")
    func silent() throws {
        let (rig, _) = try taskInWork(heartbeat: 2)
        rig.simulation.pause(milliseconds: 60_000)
        #expect(status(rig) == .running)
        let end = rig.simulation.now
        #expect(rig.simulation.run())
        #expect(status(rig) == .failed)
        #expect(rig.simulation.now.milliseconds - end.milliseconds == 2_000)
    }

    @Test("time in which the process was down does not count against heartbeats")
    func down() throws {
        let (rig, token) = try taskInWork(heartbeat: 2)
        rig.simulation.pass(milliseconds: 3_600_000)
        try rig.simulation.crash()
        #expect(status(rig) == .running)
        rig.simulation.pass(milliseconds: 1_900)
        #expect(beat(rig, token))
        #expect(status(rig) == .running)
        let end = rig.simulation.now
        #expect(rig.simulation.run())
        #expect(status(rig) == .failed)
        #expect(rig.simulation.now.milliseconds - end.milliseconds == 2_000)
        #expect(rig.problems == [])
    }

    @Test("a task's timeout gets the pause back, or a minute after the process was down")
    func taskTimeout() throws {
        for isCrash in [false, true] {
            let rig = try Rig(Responders.silent)
            try rig.create("m", Machines.timed)
            rig.simulation.start("m", name: "one")
            rig.settle()
            let start = rig.simulation.now
            rig.simulation.pass(milliseconds: 20_000)
            rig.simulation.pause(milliseconds: 40_000)
            if isCrash { try rig.simulation.crash() }
            #expect(status(rig) == .running)
            #expect(rig.simulation.run())
            #expect(status(rig) == .failed)
            // 30 s are the task's: 10 were left of them; nobody knows how many after a crash.
            let expected: Int64 = isCrash ? 60_000 + 30_000 : 70_000
            #expect(rig.simulation.now.milliseconds - start.milliseconds == expected)
            #expect(rig.problems == [])
        }
    }

    @Test("a timeout that was put off comes, however many others wait for a time")
    func putOffAmongMany() throws {
        let rig = try Rig(limits: { $0.timerQueueCapacity = 4 }, Responders.silent)
        try rig.create("m", Machines.timed)
        try rig.create("w", Machines.wait(seconds: 3_601))
        rig.simulation.start("m", name: "one")
        for index in 0..<20 { rig.simulation.start("w", name: "w\(index)") }
        rig.settle()
        rig.simulation.pass(milliseconds: 3_600_000)
        try rig.simulation.crash()
        #expect(status(rig) == .running)
        let end = rig.simulation.now
        // The 30 s that it has end behind what fits into memory.
        #expect(rig.simulation.run())
        #expect(status(rig) == .failed)
        #expect(rig.simulation.now.milliseconds - end.milliseconds == 30_000)
        #expect(rig.problems == [])
    }

    @Test("a clock that is set forward wakes Waits and spares tasks")
    func setForward() throws {
        let (rig, token) = try taskInWork(heartbeat: 2)
        try rig.create("w", Machines.wait(seconds: 1_800))
        rig.simulation.start("w", name: "one")
        rig.settle()
        rig.simulation.setClock(byMilliseconds: 3_600_000)
        #expect(status(rig) == .running)
        #expect(rig.simulation.head(of: "one", in: "w")?.summary.status == .succeeded)
        #expect(beat(rig, token))
        #expect(rig.simulation.run())
        #expect(status(rig) == .failed)
    }

    @Test("a clock that is set back holds up no Wait, old or new, nor after a restart")
    func setBack() throws {
        for isCrash in [false, true] {
            let rig = try Rig()
            try rig.create("m", Machines.wait(seconds: 5))
            rig.simulation.start("m", name: "one")
            rig.settle()
            let start = rig.simulation.reading.uptime
            rig.simulation.setClock(byMilliseconds: -3_600_000)
            if isCrash { try rig.simulation.crash() }
            rig.simulation.advance()
            rig.simulation.start("m", name: "two")
            rig.settle()
            #expect(rig.simulation.run())
            for name in ["one", "two"] { #expect(status(rig, name) == .succeeded) }
            // A tenth slower than the clock while it waits for that.
            #expect(rig.simulation.reading.uptime - start <= 5_600)
            #expect(rig.problems == [])
        }
    }

    @Test("a clock that is set back while the shard rests does not make it rest longer")
    func setBackWhileResting() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 1))
        rig.simulation.start("m", name: "one")
        rig.settle()
        rig.simulation.store.failAppend(1, with: .failed)
        rig.simulation.start("m", name: "two")
        rig.settle()
        rig.simulation.setClock(byMilliseconds: -3_600_000)
        let start = rig.simulation.reading.uptime
        #expect(rig.simulation.run())
        #expect(status(rig) == .succeeded)
        #expect(rig.simulation.reading.uptime - start <= 1_200)
    }

    @Test("a clock that is before the epoch ends nothing")
    func beforeTheEpoch() throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        rig.simulation.setClock(byMilliseconds: -2_000_000_000_000)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.startDate == Timestamp(milliseconds: 0))
        #expect(status(rig) == .succeeded)
        #expect(rig.simulation.core.condition.current.readOnly == nil)
        #expect(rig.problems == [])
    }

    @Test("a clock that is set back by years is followed")
    func setBackFar() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 5))
        rig.simulation.advance()
        rig.simulation.setClock(byMilliseconds: -10 * 365 * 86_400_000)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.startDate == rig.simulation.now)
        #expect(rig.simulation.run())
        #expect(status(rig) == .succeeded)
    }

    @Test("a virtual clock tells of the pauses that it makes")
    func virtualClock() {
        let clock = VirtualClock(start: Timestamp(milliseconds: 1_000), skips: false)
        clock.advance(by: .seconds(1))
        clock.pause(for: .seconds(2))
        clock.set(by: .seconds(-3))
        let reading = ClockReading(
            time: Timestamp(milliseconds: 1_000),
            uptime: 3_000,
            missed: 2_000
        )
        #expect(clock.reading() == reading)
    }
}
