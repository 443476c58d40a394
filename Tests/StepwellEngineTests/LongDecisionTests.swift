import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// A decision that takes long is made beside the turn thread, once all before it is durable.
@Suite("Long decisions")
struct LongDecisionTests {
    private func commitAll(_ rig: Rig) {
        for _ in 0..<3 {
            rig.simulation.advance()
            rig.simulation.seal()
            rig.simulation.commit()
        }
    }

    private func status(_ name: String, _ rig: Rig, in machine: String = "heavy") -> String? {
        rig.simulation.head(of: name, in: machine)?.summary.status.rawValue
    }

    @Test("the turn thread makes none of them, and everything else goes on meanwhile")
    func beside() throws {
        let rig = try Rig(limits: { $0.decisionsAtOnce = 2 })
        try rig.create("heavy", Machines.heavy)
        try rig.create("wait", Machines.wait(seconds: 1))
        for index in 0..<8 { rig.simulation.start("heavy", name: "h\(index)") }
        rig.simulation.start("wait", name: "w")
        for _ in 0..<9 { rig.simulation.handleMessage() }
        commitAll(rig)
        rig.simulation.pass(milliseconds: 1_000)
        commitAll(rig)
        #expect(status("w", rig, in: "wait") == "SUCCEEDED")
        for done in 0..<8 {
            let events = (0..<8).compactMap {
                rig.simulation.head(of: "h\($0)", in: "heavy")?.lastEventID
            }
            #expect(events.count == 8)
            #expect(events.filter { $0 > 2 }.count == done)
            #expect(rig.simulation.core.decisionCount == min(2, 8 - done))
            // One more is made; it and the next one are all that changes.
            rig.simulation.load()
            commitAll(rig)
        }
        #expect((0..<8).allSatisfy { status("h\($0)", rig) == "SUCCEEDED" })
        #expect(rig.simulation.isQuiet)
        #expect(rig.problems == [])
    }

    @Test("what comes in for the execution meanwhile waits, and finds what was decided")
    func waits() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavyThenWait)
        rig.simulation.start("heavy", name: "one")
        rig.simulation.handleMessage()
        commitAll(rig)
        #expect(rig.simulation.core.decisionCount == 1)
        let number = try #require(rig.simulation.head(of: "one", in: "heavy")).execution
        let stop = Input.stop(Failure(error: "Enough", cause: nil))
        let stopped = rig.simulation.send(stop, to: number)
        rig.simulation.handleMessage()
        commitAll(rig)
        #expect(stopped.value == nil)
        rig.simulation.load()
        commitAll(rig)
        guard case .accepted? = stopped.success else {
            Issue.record("the stop was not accepted")
            return
        }
        let events = try rig.events(of: "one", in: "heavy").map(\.body.type)
        #expect(
            events.compactMap { $0?.rawValue } == [
                "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionAborted",
            ]
        )
        #expect(rig.problems == [])
    }

    @Test("a stop waits for no decision that has not begun, and finds it undone")
    func stops() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavyThenWait)
        let started = rig.simulation.start("heavy", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.advance()
        rig.simulation.seal()
        let newest = rig.simulation.store.allHeads().map(\.execution.rawValue).max() ?? 0
        let number = ExecutionNumber(newest + 1)
        #expect(rig.simulation.core.residentCount == 0)
        let watched = Reply<WatchAnswer>()
        let watch = WatchCommand(id: RequestID(1), execution: number, beyond: nil) {
            watched.put($0)
        }
        rig.simulation.send(.watch(watch))
        rig.simulation.handleMessage()
        #expect(!rig.simulation.core.hasOpenTurns, "no turn was made for it")
        let stopped = rig.simulation.send(
            Input.stop(Failure(error: nil, cause: nil)),
            to: number
        )
        rig.simulation.handleMessage()
        commitAll(rig)
        #expect(rig.simulation.core.decisionCount == 0)
        #expect(started.success != nil)
        #expect(stopped.success != nil)
        #expect(status("one", rig) == "ABORTED")
        rig.settle()
        #expect(watched.success != nil)
        #expect(rig.problems == [])
    }

    @Test("it has the time at which it is made, not that of its turn in the queue")
    func time() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavyThenWait)
        rig.simulation.start("heavy", name: "one")
        rig.simulation.handleMessage()
        commitAll(rig)
        rig.simulation.pass(milliseconds: 7_000)
        let made = rig.simulation.now
        rig.simulation.load()
        rig.settle()
        let events = try rig.events(of: "one", in: "heavy")
        #expect(events.first { $0.body.type == .passStateExited }?.timestamp == made)
        #expect(rig.simulation.run())
        #expect(status("one", rig) == "SUCCEEDED")
    }

    @Test("one whose start proves to be refused is not made, and the shard goes on")
    func refused() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavyThenWait)
        rig.simulation.start("heavy", name: "one", input: "1")
        rig.settle()
        try rig.simulation.crash()
        rig.settle()
        rig.simulation.hearsLate = true
        let taken = rig.simulation.start("heavy", name: "one", input: "2")
        rig.simulation.handleMessage()
        commitAll(rig)
        #expect(rig.simulation.core.decisionCount == 0)
        rig.simulation.hear()
        rig.settle()
        #expect(taken.error?.code == "ExecutionAlreadyExists")
        #expect(rig.simulation.core.condition.current.obstacle == nil)
        let fresh = rig.simulation.start("heavy", name: "two")
        rig.settle()
        #expect(fresh.success != nil)
        #expect(rig.simulation.core.openExecutionCount == 2)
        #expect(rig.simulation.run())
        #expect(rig.simulation.core.openExecutionCount == 0)
        #expect(rig.problems == [])
    }

    @Test("states that wait for it are let go of beyond their share, and read again")
    func memory() throws {
        let rig = try Rig(limits: { $0.residentBytes = 8 * 20_000 })
        try rig.create("heavy", Machines.heavy)
        for index in 0..<40 { rig.simulation.start("heavy", name: "h\(index)") }
        for _ in 0..<40 { rig.simulation.handleMessage() }
        commitAll(rig)
        #expect(rig.simulation.core.putOffBytes <= 20_000 + 2 * 4_096)
        rig.settle()
        #expect((0..<40).allSatisfy { status("h\($0)", rig) == "SUCCEEDED" })
        #expect(rig.problems == [])
    }

    @Test("a decision whose commit fails is made again")
    func failingCommit() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavy)
        rig.simulation.start("heavy", name: "one")
        rig.simulation.handleMessage()
        commitAll(rig)
        rig.simulation.store.failAppend(1, with: .failed)
        rig.simulation.load()
        commitAll(rig)
        #expect(status("one", rig) == "RUNNING")
        #expect(rig.simulation.run())
        #expect(status("one", rig) == "SUCCEEDED")
        #expect(rig.problems == [])
    }

    @Test("one that is made while the store is asked about another's commit is made again")
    func whileReloading() throws {
        let rig = try Rig()
        try rig.create("heavy", Machines.heavy)
        try rig.create("wait", Machines.wait(seconds: 1))
        rig.simulation.start("heavy", name: "one")
        rig.simulation.handleMessage()
        commitAll(rig)
        #expect(rig.simulation.core.decisionCount == 1)
        rig.simulation.start("wait", name: "w")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.simulation.store.failAppend(1, with: .failed)
        rig.simulation.commit()
        while rig.simulation.core.decisionCount > 0 { rig.simulation.load() }
        #expect(rig.simulation.run())
        #expect(status("one", rig) == "SUCCEEDED")
        #expect(rig.problems == [])
    }

    @Test("through crashes and failing commits every one is made once", arguments: 1...12)
    func random(_ seed: UInt64) throws {
        let rig = try Rig(
            seed: seed,
            limits: {
                $0.decisionsAtOnce = Int(seed % 3) + 1
                if seed % 2 == 0 { $0.residentBytes = 40_000 }
                $0.residentExecutions = 4
            },
            Responders.flaky(times: 1)
        )
        rig.simulation.hearsLate = true
        try rig.create("heavy", Machines.heavyBranches)
        var random = SeededGenerator(seed: seed)
        var acknowledged: [String] = []
        var replies: [(name: String, reply: Reply<StartExecutionResponse>)] = []
        for index in 0..<30 {
            // Some names come again, taken by then or not.
            let name = "e\(index % 3 == 2 ? Int(random.next() % UInt64(index)) : index)"
            replies.append((name, rig.simulation.start("heavy", name: name)))
            for _ in 0..<(random.next() % 60) where !rig.simulation.step() { break }
            if random.next() % 6 == 0 {
                rig.simulation.store.failAppend(1, with: .unknown, keeping: random.next() % 2 == 0)
            }
            acknowledged += replies.filter { $0.reply.success != nil }.map(\.name)
            replies.removeAll { $0.reply.value != nil }
            if random.next() % 12 == 0 {
                try rig.simulation.crash()
                replies = []
            }
        }
        #expect(rig.simulation.run(atMost: 1_000_000))
        acknowledged += replies.filter { $0.reply.success != nil }.map(\.name)
        #expect(!acknowledged.isEmpty)
        for name in acknowledged { #expect(status(name, rig) == "SUCCEEDED", "\(name)") }
        #expect(rig.problems == [])
    }
}
