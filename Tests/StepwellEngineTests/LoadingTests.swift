import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

/// What is not in memory is read beside everything else.
@Suite("Loading")
struct LoadingTests {
    private static let stop = Input.stop(Failure(error: nil, cause: nil))

    private func commitAll(_ rig: Rig) {
        rig.simulation.advance()
        rig.simulation.seal()
        rig.simulation.commit()
    }

    /// Executions of `m` that wait for ten seconds and are not in memory.
    private func coldSleepers(_ count: Int, _ rig: Rig) throws -> [ExecutionNumber] {
        try rig.create("m", Machines.wait(seconds: 10))
        for index in 0..<count { rig.simulation.start("m", name: "w\(index)") }
        rig.settle()
        let numbers = (0..<count).compactMap { index in
            rig.simulation.head(of: "w\(index)", in: "m")?.execution
        }
        try rig.simulation.crash()
        rig.settle()
        return numbers
    }

    @Test("who needs a cold state waits for it, and nobody else does")
    func othersGoOn() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        rig.simulation.start("m", name: "cold")
        rig.settle()
        let number = try #require(rig.simulation.head(of: "cold", in: "m")).execution
        try rig.simulation.crash()
        rig.settle()
        #expect(rig.simulation.core.residentCount == 0)

        let stopped = rig.simulation.send(Self.stop, to: number)
        let watched = Reply<WatchAnswer>()
        let watch = WatchCommand(id: RequestID(1), execution: number, beyond: nil) {
            watched.put($0)
        }
        rig.simulation.send(.watch(watch))
        let started = rig.simulation.start("m", name: "hot")
        for _ in 0..<3 { rig.simulation.handleMessage() }
        commitAll(rig)
        #expect(started.success != nil)
        #expect(stopped.value == nil)
        #expect(rig.simulation.isLoading)

        rig.simulation.load()
        commitAll(rig)
        guard case .accepted? = stopped.success else {
            Issue.record("the stop was not accepted")
            return
        }
        #expect(watched.success != nil)
        #expect(rig.problems == [])
    }

    @Test("an execution that cannot be read is set aside, named, and taken up when it can be")
    func quarantine() throws {
        let rig = try Rig(limits: { $0.residentExecutions = 4 })
        try rig.create("m", Machines.wait(seconds: 10))
        for index in 0..<40 { rig.simulation.start("m", name: "w\(index)") }
        rig.settle()
        let number = try #require(rig.simulation.head(of: "w7", in: "m")).execution
        try rig.simulation.crash()
        rig.simulation.store.failReads(of: number, with: .damaged)
        #expect(!rig.simulation.run(atMost: 20_000))
        let ended = rig.simulation.store.allHeads().filter { $0.summary.status == .succeeded }
        #expect(ended.count == 39)
        #expect(
            ended.allSatisfy {
                ($0.stopDate?.milliseconds ?? 0) < $0.startDate.milliseconds + 10_100
            }
        )
        let condition = rig.simulation.core.condition.current
        #expect(condition.quarantinedCount == 1)
        #expect(condition.quarantined.first?.execution == number)
        #expect(condition.quarantined.first?.executionARN?.hasSuffix(":m:w7") == true)
        #expect(condition.quarantined.first.map { $0.failures > 3 } == true)
        #expect(condition.obstacle == nil)
        let refused = rig.simulation.send(Self.stop, to: number)
        rig.settle()
        guard case .failed? = refused.success else {
            Issue.record("the stop of an unreadable execution was not refused")
            return
        }

        rig.simulation.store.failReads(of: number, with: nil)
        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "w7", in: "m")?.summary.status == .succeeded)
        #expect(rig.simulation.core.condition.current.quarantinedCount == 0)
        #expect(rig.problems == [])
    }

    @Test("a name that a cold execution has is found out by the append, and costs nobody else")
    func names() throws {
        let rig = try Rig(Responders.silent)
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one", input: "1")
        rig.settle()
        try rig.simulation.crash()
        rig.settle()
        let deeds = rig.world.deeds.count
        let same = rig.simulation.start("m", name: "one", input: "1")
        let other = rig.simulation.start("m", name: "one", input: "2")
        let fresh = rig.simulation.start("m", name: "two", input: "2")
        for _ in 0..<3 { rig.simulation.handleMessage() }
        commitAll(rig)
        #expect(fresh.success != nil)
        rig.settle()
        #expect(same.success?.executionARN.hasSuffix(":m:one") == true)
        #expect(other.error?.code == "ExecutionAlreadyExists")
        #expect(rig.world.deeds.count == deeds + 1)
        let heads = rig.simulation.store.allHeads().filter { $0.execution != .catalog }
        #expect(heads.map(\.executionName) == ["one", "two"])
        #expect(rig.problems == [])
    }

    @Test("turns behind a refused start are refused with it, in later batches as well")
    func refusedLater() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 10))
        rig.simulation.start("m", name: "one", input: "1")
        rig.settle()
        try rig.simulation.crash()
        rig.settle()
        // Decided in memory, and committed only later.
        let start = rig.simulation.start("m", name: "one", input: "2")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        let newest = rig.simulation.store.allHeads().map(\.execution.rawValue).max() ?? 0
        let stop = rig.simulation.send(Self.stop, to: ExecutionNumber(newest + 1))
        let other = rig.simulation.start("m", name: "two")
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.settle()
        #expect(start.error?.code == "ExecutionAlreadyExists")
        #expect(other.success != nil)
        guard case .failed? = stop.success else {
            Issue.record("the stop of what was never started was accepted")
            return
        }
        #expect(rig.simulation.run())
        let heads = rig.simulation.store.allHeads().filter { $0.execution != .catalog }
        #expect(heads.map(\.executionName) == ["one", "two"])
        #expect(rig.problems == [])
    }

    @Test("near a full disk starts are refused, of children too, and everything running ends")
    func noRoomForStarts() throws {
        let rig = try Rig()
        try rig.create("w", Machines.wait(seconds: 1))
        try rig.create("m", Machines.distributedMap)
        for index in 0..<10 { rig.simulation.start("w", name: "w\(index)") }
        rig.settle()
        rig.simulation.store.refuseStarts()
        rig.simulation.start("m", name: "refused", input: "[1,2,3]")
        rig.settle()
        #expect(rig.simulation.head(of: "refused", in: "m") == nil)
        #expect(rig.simulation.core.condition.current.full != nil)
        #expect(rig.simulation.core.condition.current.obstacle == nil)

        rig.simulation.store.refuseStarts(false)
        rig.simulation.start("m", name: "one", input: "[1,2,3]")
        for _ in 0..<4 {
            rig.simulation.handleMessage()
            commitAll(rig)
        }
        rig.simulation.store.refuseStarts()
        let appends = rig.simulation.store.appendCount
        rig.simulation.pass(milliseconds: 1_000)
        for _ in 0..<200 {
            _ = rig.simulation.step()
        }
        #expect(rig.simulation.store.appendCount > appends)
        for index in 0..<10 {
            let status = rig.simulation.head(of: "w\(index)", in: "w")?.summary.status
            #expect(status == .succeeded)
        }
        rig.simulation.store.refuseStarts(false)
        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("more overdue timers than memory holds are fired, and a start waits for none of them")
    func overdue() throws {
        let rig = try Rig(limits: {
            $0.timerQueueCapacity = 16
            $0.residentExecutions = 8
            $0.loadsAtOnce = 4
        })
        try rig.create("m", Machines.wait(seconds: 10))
        for index in 0..<300 { rig.simulation.start("m", name: "w\(index)") }
        rig.settle()
        rig.simulation.pass(milliseconds: 3_600_000)
        try rig.simulation.crash()
        for round in 0..<10 {
            let started = rig.simulation.start("m", name: "new\(round)")
            rig.simulation.handleMessage()
            rig.simulation.seal()
            rig.simulation.commit()
            #expect(started.success != nil)
            for _ in 0..<10 { rig.simulation.load() }
            commitAll(rig)
        }
        #expect(rig.simulation.run(atMost: 1_000_000))
        let heads = rig.simulation.store.allHeads().filter { $0.execution != .catalog }
        #expect(heads.allSatisfy { $0.summary.status == .succeeded })
        #expect(heads.count == 310)
        #expect(rig.problems == [])
    }

    @Test("who waits for a cold state may go, and is answered at once and only once")
    func withdrawn() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 100))
        rig.simulation.start("m", name: "cold")
        rig.settle()
        let number = try #require(rig.simulation.head(of: "cold", in: "m")).execution
        try rig.simulation.crash()
        rig.settle()
        let answers = Mutex<[WatchAnswer?]>([])
        func watch(_ id: UInt64) {
            let command = WatchCommand(id: RequestID(id), execution: number, beyond: nil) {
                answer in
                answers.withLock { $0.append(try? answer.get()) }
            }
            rig.simulation.send(.watch(command))
            rig.simulation.handleMessage()
        }
        watch(1)
        watch(2)
        rig.simulation.send(.cancel(RequestID(1)))
        rig.simulation.handleMessage()
        #expect(answers.withLock { $0 } == [.cancelled])
        rig.settle()
        #expect(answers.withLock { $0.count } == 1)
        #expect(rig.simulation.run())
        #expect(answers.withLock { $0.count } == 2)
    }

    @Test("however much is waited for, timers fire")
    func timersBesideLoads() throws {
        let rig = try Rig(limits: { $0.loadsAtOnce = 4 })
        let numbers = try coldSleepers(40, rig)
        rig.simulation.start("m", name: "hot")
        rig.simulation.handleMessage()
        commitAll(rig)
        // Nothing of what they want is read.
        let stops = numbers.map { rig.simulation.send(Self.stop, to: $0) }
        for _ in stops { rig.simulation.handleMessage() }
        rig.simulation.pass(milliseconds: 10_000)
        commitAll(rig)
        #expect(rig.simulation.head(of: "hot", in: "m")?.summary.status == .succeeded)
        #expect(stops.allSatisfy { $0.value == nil })
        #expect(rig.simulation.run())
        #expect(rig.problems == [])
    }

    @Test("what is not awaited is read among what is, in turn")
    func shares() throws {
        let rig = try Rig(limits: { $0.loadsAtOnce = 4 })
        let numbers = try coldSleepers(60, rig)
        for number in numbers.dropFirst() { rig.simulation.send(Self.stop, to: number) }
        for _ in numbers.dropFirst() { rig.simulation.handleMessage() }
        rig.simulation.pass(milliseconds: 10_000)
        rig.simulation.advance()
        // Behind 59 that are awaited it would be the last to be read.
        for _ in 0..<20 { rig.simulation.load() }
        commitAll(rig)
        #expect(rig.simulation.head(of: "w0", in: "m")?.summary.status == .succeeded)
        #expect(rig.simulation.run())
        #expect(rig.problems == [])
    }

    @Test("a start that is refused leaves no task behind")
    func refusedTasks() throws {
        let rig = try Rig()
        rig.simulation.createActivity("pack")
        rig.settle()
        try rig.create("m", Machines.activity(Simulation.activityARN("pack")))
        rig.simulation.start("m", name: "one", input: "1")
        rig.settle()
        try rig.simulation.crash()
        rig.settle()
        #expect(rig.simulation.core.waitingActivityTasks == 1)
        let other = rig.simulation.start("m", name: "one", input: "2")
        rig.simulation.handleMessage()
        #expect(rig.simulation.core.waitingActivityTasks == 2)
        #expect(rig.simulation.core.takeCounts().starts == 1)
        rig.settle()
        #expect(other.error?.code == "ExecutionAlreadyExists")
        #expect(rig.simulation.core.waitingActivityTasks == 1)
        // It was counted, so the next one is not.
        rig.simulation.start("m", name: "two")
        rig.settle()
        #expect(rig.simulation.core.takeCounts().starts == 0)
        #expect(rig.problems == [])
    }

    @Test("timers that cannot be looked up are told of, and fire when they can")
    func unreadableIndex() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 10))
        rig.simulation.start("m", name: "one")
        rig.settle()
        try rig.simulation.crash()
        rig.simulation.store.failPages(with: .damaged)
        rig.settle()
        let condition = rig.simulation.core.condition
        #expect(condition.current.indexFailure?.code == .damaged)
        #expect(condition.current.obstacle == nil)
        let started = rig.simulation.start("m", name: "two")
        rig.settle()
        #expect(started.success != nil)
        rig.simulation.store.failPages(with: nil)
        #expect(rig.simulation.run())
        #expect(condition.current.indexFailure == nil)
        for name in ["one", "two"] {
            #expect(rig.simulation.head(of: name, in: "m")?.summary.status == .succeeded)
        }
        #expect(rig.problems == [])
    }

    @Test("states are let go of by their bytes")
    func bytes() throws {
        let rig = try Rig(limits: { $0.residentBytes = 100_000 })
        try rig.create("m", Machines.wait(seconds: 10))
        let input = "\"" + String(repeating: "x", count: 20_000) + "\""
        for index in 0..<50 { rig.simulation.start("m", name: "w\(index)", input: input) }
        rig.settle()
        rig.simulation.advance()
        #expect(rig.simulation.core.residentCount <= 5)
        #expect(rig.simulation.run())
        #expect(rig.world.closed.count == 50)
        #expect(rig.problems == [])
    }

    @Test("what a state has looked into counts with what it was made from")
    func values() throws {
        let rig = try Rig(limits: { $0.residentBytes = 1_000_000 })
        let wait = #""W":{"Type":"Wait","Seconds":10,"End":true}"#
        try rig.create("m", #"{"StartAt":"W","States":{\#(wait)}}"#)
        try rig.create(
            "looking",
            #"""
            {"StartAt":"C","States":{"C":{"Type":"Choice","Default":"W","Choices":[
             {"Variable":"$[0]","NumericEquals":7,"Next":"W"}]},\#(wait)}}
            """#
        )
        let input = "[" + Array(repeating: "0", count: 10_000).joined(separator: ",") + "]"
        var counts: [Int] = []
        for machine in ["m", "looking"] {
            for index in 0..<30 { rig.simulation.start(machine, name: "w\(index)", input: input) }
            rig.settle()
            rig.simulation.advance()
            counts.append(rig.simulation.core.residentCount)
            #expect(rig.simulation.run())
        }
        #expect(counts[0] == 30)
        #expect(counts[1] <= 6)
        #expect(rig.problems == [])
    }
}
