import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Redriving executions")
struct RedriveTests {
    private static let minute: Int64 = 60_000
    private static let day: Int64 = 86_400_000

    /// A rig with an execution whose first attempt has failed.
    private func failed(
        limits: (inout EngineLimits) -> Void = { _ in }
    ) throws -> (rig: Rig, execution: ExecutionNumber) {
        let rig = try Rig(limits: limits, Responders.failing(before: 5))
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one", input: #"{"a":1}"#)
        rig.settle()
        let head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .failed)
        return (rig, head.execution)
    }

    @Test("a closed execution is read back, runs again and is answered for when that is durable")
    func redriven() throws {
        let (rig, execution) = try failed()
        rig.simulation.advance()
        #expect(rig.simulation.core.residentCount == 0)
        rig.simulation.pass(milliseconds: Self.minute)
        let reply = rig.simulation.redrive(execution)
        rig.simulation.handleMessage()
        rig.simulation.load()
        rig.simulation.advance()
        rig.simulation.seal()
        #expect(reply.value == nil)
        rig.simulation.commit()
        #expect(reply.success == rig.simulation.now)
        var head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .running)
        #expect(head.stopDate == nil)
        #expect(head.redriveCount == 1)
        #expect(head.redriveDate == rig.simulation.now)
        rig.settle()
        head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .succeeded)
        #expect(rig.world.closed.map(\.status) == [.failed, .succeeded])
        #expect(Set(rig.world.deeds.map(\.idempotencyKey)).count == 2)
        #expect(rig.problems == [])
    }

    @Test("a client token stands for its redrive for fifteen minutes, and no longer")
    func clientToken() throws {
        let rig = try Rig(Responders.failing(before: 100))
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let execution = try #require(rig.simulation.head(of: "one", in: "m")).execution
        let first = rig.simulation.redrive(execution, clientToken: "t")
        rig.settle()
        rig.simulation.pass(milliseconds: 15 * Self.minute - 1)
        let again = rig.simulation.redrive(execution, clientToken: "t")
        rig.settle()
        #expect(first.success != nil)
        #expect(again.success == first.success)
        #expect(rig.simulation.head(of: "one", in: "m")?.redriveCount == 1)
        rig.simulation.pass(milliseconds: 1)
        let late = rig.simulation.redrive(execution, clientToken: "t")
        rig.settle()
        #expect(late.success == rig.simulation.now)
        #expect(rig.simulation.head(of: "one", in: "m")?.redriveCount == 2)
        #expect(rig.problems == [])
    }

    @Test("the last ten client tokens are remembered")
    func tenTokens() throws {
        let rig = try Rig(Responders.failing(before: 1_000))
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let execution = try #require(rig.simulation.head(of: "one", in: "m")).execution
        for index in 0...10 {
            rig.simulation.redrive(execution, clientToken: "t\(index)")
            rig.settle()
        }
        rig.simulation.redrive(execution, clientToken: "t1")
        rig.settle()
        #expect(rig.simulation.head(of: "one", in: "m")?.redriveCount == 11)
        rig.simulation.redrive(execution, clientToken: "t0")
        rig.settle()
        #expect(rig.simulation.head(of: "one", in: "m")?.redriveCount == 12)
    }

    @Test("what runs or has succeeded is not redriven")
    func statuses() throws {
        let (rig, execution) = try failed()
        rig.simulation.redrive(execution)
        let running = rig.simulation.redrive(execution)
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        rig.settle()
        let succeeded = rig.simulation.redrive(execution)
        rig.settle()
        let reasons = [running, succeeded].map { $0.error?.message }
        #expect(
            reasons == [
                "Execution Not Redrivable: 'Execution is RUNNING and cannot be redriven'",
                "Execution Not Redrivable: 'Execution is SUCCEEDED and cannot be redriven'",
            ]
        )
        let unknown = rig.simulation.redrive(ExecutionNumber(77))
        rig.settle()
        #expect(unknown.error?.code == "ExecutionDoesNotExist")
    }

    @Test("the redrivable period ends fourteen days after the end, to the millisecond")
    func period() throws {
        for (passed, isRedrivable) in [(14 * Self.day - 1, true), (14 * Self.day, false)] {
            let (rig, execution) = try failed()
            rig.simulation.pass(milliseconds: passed)
            let reply = rig.simulation.redrive(execution)
            rig.settle()
            #expect((reply.success != nil) == isRedrivable)
            let expected =
                isRedrivable
                ? nil : "Execution Not Redrivable: 'Execution redrivable period exceeded'"
            #expect(reply.error?.message == expected)
        }
    }

    @Test("an execution is open for a year at most")
    func openTooLong() throws {
        let (rig, execution) = try failed { $0.executionOpenMilliseconds = Self.day }
        rig.simulation.pass(milliseconds: Self.day)
        let reply = rig.simulation.redrive(execution)
        rig.settle()
        #expect(reply.error?.message.contains("exceeded the max execution time") == true)
    }

    @Test("an execution of a deleted state machine is not redriven")
    func deleted() throws {
        let (rig, execution) = try failed()
        rig.simulation.deleteStateMachine("m")
        let reply = rig.simulation.redrive(execution)
        rig.settle()
        #expect(reply.error?.message.contains("State machine is in DELETING status") == true)
    }

    @Test("a redriven execution is one of the open ones")
    func quota() throws {
        let (rig, execution) = try failed { $0.openExecutions = 1 }
        try rig.create("w", Machines.wait(seconds: 60))
        rig.simulation.start("w", name: "open")
        rig.settle()
        let full = rig.simulation.redrive(execution)
        rig.settle()
        #expect(full.error?.code == "ExecutionLimitExceeded")
        #expect(rig.simulation.run())
        rig.simulation.redrive(execution)
        let other = rig.simulation.start("w", name: "other")
        for _ in 0..<2 {
            rig.simulation.handleMessage()
            rig.simulation.load()
            rig.simulation.advance()
        }
        rig.settle()
        #expect(other.error?.code == "ExecutionLimitExceeded")
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("the machine's time runs from the redrive, in the timers of a shard that was restarted")
    func timeouts() throws {
        let rig = try Rig(Responders.silent)
        try rig.create("m", Machines.frail)
        rig.simulation.start("m", name: "one", input: #"{"items":[1]}"#)
        #expect(rig.simulation.run())
        var head = try #require(rig.simulation.head(of: "one", in: "m"))
        #expect(head.summary.status == .timedOut)
        rig.simulation.pass(milliseconds: Self.minute)
        let reply = rig.simulation.redrive(head.execution)
        rig.settle()
        try rig.simulation.crash()
        #expect(rig.simulation.run())
        head = try #require(rig.simulation.head(of: "one", in: "m"))
        let redriven = try #require(reply.success)
        #expect(head.summary.status == .timedOut)
        #expect(head.stopDate == redriven.advanced(byMilliseconds: 100_000))
        #expect(rig.problems == [])
    }

    @Test("a crash at any commit boundary of two attempts loses nothing", arguments: 1...8)
    func everyBoundary(_ seed: UInt64) throws {
        let input = #"{"items":[1,2,3]}"#
        let respond = Responders.failing(before: 25, resource: "frail")
        let whole = try Rig(seed: seed, respond)
        try whole.create("m", Machines.frail)
        whole.simulation.start("m", name: "one", input: input)
        #expect(whole.simulation.run())
        let closed = try #require(whole.simulation.head(of: "one", in: "m"))
        #expect(closed.summary.status == .failed)
        let start = whole.simulation.store.commitCount
        whole.simulation.redrive(closed.execution, clientToken: "once")
        #expect(whole.simulation.run())
        let ended = try #require(whole.simulation.head(of: "one", in: "m"))
        #expect(ended.summary.status == .succeeded)
        #expect(whole.problems == [])
        let commits = whole.simulation.store.commitCount
        #expect(commits > start)

        for boundary in start...commits {
            let image = whole.simulation.store.image(afterCommits: boundary)
            let rig = try Rig(seed: seed &* 31 &+ UInt64(boundary), store: image, respond)
            let known = rig.simulation.head(of: "one", in: "m")?.redriveCount == 1
            #expect(known == (boundary > start))
            rig.simulation.redrive(closed.execution, clientToken: "once")
            #expect(rig.simulation.run())
            let head = try #require(rig.simulation.head(of: "one", in: "m"))
            #expect(head.summary.status == .succeeded, "boundary \(boundary)")
            #expect(head.redriveCount == 1, "boundary \(boundary)")
            #expect(head.lastEventID == ended.lastEventID, "boundary \(boundary)")
            #expect(rig.problems == [], "boundary \(boundary)")
        }
    }

    @Test("a redrive whose commit fails has not happened, and can be asked for again")
    func failingCommit() throws {
        let (rig, execution) = try failed()
        rig.simulation.store.freeze()
        let lost = rig.simulation.redrive(execution)
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.simulation.commit()
        #expect(lost.error?.code == "ServiceUnavailable")
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .failed)
        rig.simulation.store.thaw()
        #expect(rig.simulation.run())
        let again = rig.simulation.redrive(execution)
        #expect(rig.simulation.run())
        #expect(again.success != nil)
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("redriven executions make room like others")
    func eviction() throws {
        let rig = try Rig(
            limits: { $0.residentExecutions = 2 },
            Responders.failing(before: 16, resource: "frail")
        )
        try rig.create("m", Machines.frail)
        for index in 0..<12 {
            rig.simulation.start("m", name: "e\(index)", input: #"{"items":[1]}"#)
        }
        #expect(rig.simulation.run())
        for index in 0..<12 {
            let head = try #require(rig.simulation.head(of: "e\(index)", in: "m"))
            rig.simulation.redrive(head.execution)
        }
        for _ in 0..<2_000 where rig.simulation.step() {}
        #expect(rig.simulation.run())
        for index in 0..<12 {
            let head = rig.simulation.head(of: "e\(index)", in: "m")
            #expect(head?.summary.status == .succeeded, "e\(index)")
        }
        #expect(rig.simulation.core.residentCount <= 2)
        #expect(rig.problems == [])
    }
}
