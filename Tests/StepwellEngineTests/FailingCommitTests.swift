import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Testing

@Suite("Commits that fail")
struct FailingCommitTests {
    @Test(
        "later turns are decided already: nothing of them leaks, callers get the error",
        arguments: [StoreError.Code.full, .failed]
    )
    func nothingLeaks(_ code: StoreError.Code) throws {
        let rig = try Rig()
        try rig.create("m", Machines.task)
        rig.simulation.store.failAppend(1, with: code)
        let first = rig.simulation.start("m", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        // Decided on the state above, while its commit is under way.
        let second = rig.simulation.start("m", name: "two")
        let refusal = rig.simulation.start("m", name: "one", input: "7")
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        rig.simulation.seal()
        let third = rig.simulation.start("m", name: "three")
        rig.simulation.handleMessage()
        #expect(!rig.simulation.commit())
        for reply in [first, second, refusal, third] {
            #expect(reply.error?.code == "ServiceUnavailable")
        }
        #expect(rig.world.waitingCount == 0)
        #expect(rig.simulation.store.allHeads().map(\.execution) == [.catalog])

        // Space is back: the same names start, as if nothing had been.
        rig.simulation.run()
        let again = rig.simulation.start("m", name: "one", input: "7")
        rig.simulation.run()
        #expect(again.success != nil)
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("that a name is taken is said when it is durable, also of what has ended")
    func takenByEnded() throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        rig.simulation.store.failAppend(1, with: .failed)
        rig.simulation.start("m", name: "one")
        let refusal = rig.simulation.start("m", name: "one", input: "7")
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        #expect(refusal.value == nil)
        rig.simulation.seal()
        #expect(!rig.simulation.commit())
        #expect(refusal.error?.code == "ServiceUnavailable")
        rig.settle()
        let first = rig.simulation.start("m", name: "one")
        let second = rig.simulation.start("m", name: "one", input: "7")
        rig.settle()
        #expect(first.success != nil)
        #expect(second.error?.code == "ExecutionAlreadyExists")
        #expect(rig.problems == [])
    }

    @Test("a nested start is refused for a task that is over when that is durable")
    func nestedStart() throws {
        let rig = try Rig(Responders.silent)
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "parent")
        rig.settle()
        let parent = try #require(rig.simulation.head(of: "parent", in: "m")).execution
        let state = Reply<ExecutionState?>()
        rig.simulation.send(.state(StateCommand(execution: parent) { state.put($0) }))
        rig.settle()
        let effects = try #require(state.success ?? nil).outstandingEffects()
        guard case .dispatch(let task, _)? = effects.first else {
            Issue.record("there is no task")
            return
        }
        func startChild() -> Reply<StartExecutionResponse> {
            let reply = Reply<StartExecutionResponse>()
            var command = StartCommand(
                stateMachineARN: Simulation.stateMachineARN("m"),
                name: "child",
                input: Payload(text: Array("{}".utf8))
            ) { reply.put($0) }
            command.nested = NestedMembership(parent: parent, task: task.ordinal)
            rig.simulation.send(.start(command))
            return reply
        }
        rig.simulation.store.failAppend(1, with: .failed)
        rig.simulation.send(.stop(Failure(error: nil, cause: nil)), to: parent)
        let early = startChild()
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        #expect(early.value == nil)
        rig.simulation.seal()
        #expect(!rig.simulation.commit())
        #expect(early.error?.code == "ServiceUnavailable")
        // The parent was not stopped after all.
        rig.settle()
        let late = startChild()
        #expect(rig.simulation.run())
        #expect(late.success != nil)
        #expect(rig.problems == [])
    }

    @Test("the outcome is unknown and the batch is there: it goes on from there")
    func unknownAndKept() throws {
        let rig = try Rig()
        try rig.create("m", Machines.task)
        rig.simulation.store.failAppend(1, with: .unknown, keeping: true)
        let reply = rig.simulation.start("m", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.simulation.commit()
        #expect(reply.error?.code == "ServiceUnavailable")
        rig.settle()
        let again = rig.simulation.start("m", name: "one")
        rig.simulation.run()
        #expect(again.success != nil)
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.world.deeds.count == 1)
        #expect(rig.problems == [])
    }

    @Test("the outcome is unknown and the batch is not there: it never was")
    func unknownAndLost() throws {
        let rig = try Rig()
        try rig.create("m", Machines.task)
        rig.simulation.store.failAppend(1, with: .unknown, keeping: false)
        rig.simulation.start("m", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.simulation.commit()
        rig.simulation.run()
        #expect(rig.simulation.head(of: "one", in: "m") == nil)
        #expect(rig.world.deeds.isEmpty)
        #expect(rig.problems == [])
    }

    @Test(
        "a full store refuses starts at once while it rests, and results are kept until it is not"
    )
    func fullStore() throws {
        let rig = try Rig()
        try rig.create("m", Machines.task)
        rig.simulation.start("m", name: "one")
        rig.simulation.handleMessage()
        rig.simulation.seal()
        rig.simulation.commit()
        rig.simulation.store.freeze(with: .full)
        rig.simulation.runTask()
        rig.simulation.deliverResult()
        rig.simulation.seal()
        #expect(!rig.simulation.commit())
        rig.simulation.load()
        let refused = rig.simulation.start("m", name: "two")
        rig.simulation.handleMessage()
        #expect(refused.error?.code == "ServiceUnavailable")
        rig.simulation.store.thaw()
        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.world.deeds.count == 1)
        #expect(rig.problems == [])
    }

    @Test(
        "a damaged store makes the shard read-only",
        arguments: [StoreError.Code.damaged, .fenced, .contradiction]
    )
    func readOnly(_ code: StoreError.Code) throws {
        let rig = try Rig()
        try rig.create("m", Machines.pass)
        rig.simulation.store.failAppend(1, with: code)
        rig.simulation.start("m", name: "one")
        rig.settle()
        let later = rig.simulation.start("m", name: "two")
        rig.settle()
        #expect(later.error?.code == "ServiceUnavailable")
        #expect(rig.simulation.head(of: "two", in: "m") == nil)
    }

    @Test(
        "who waits for a shard that becomes read-only is told so at once",
        arguments: [StoreError.Code.damaged, .unusable]
    )
    func waitersAreTold(_ code: StoreError.Code) throws {
        let rig = try Rig()
        rig.simulation.createActivity("pack")
        rig.simulation.createActivity("spare")
        rig.settle()
        try rig.create("waiting", Machines.activity(Simulation.activityARN("pack")))
        rig.simulation.start("waiting", name: "one")
        rig.settle()
        let watch = Reply<WatchAnswer>()
        let head = try #require(rig.simulation.head(of: "one", in: "waiting"))
        let command = WatchCommand(
            id: RequestID(1),
            execution: head.execution,
            beyond: nil
        ) { watch.put($0) }
        rig.simulation.send(.watch(command))
        let poll = rig.simulation.poll("spare", id: 2)
        rig.settle()
        #expect(watch.value == nil)
        #expect(poll.value == nil)
        rig.simulation.store.failAppend(1, with: code)
        rig.simulation.start("waiting", name: "two")
        rig.settle()
        #expect(watch.error?.code == "ServiceUnavailable")
        #expect(poll.error?.code == "ServiceUnavailable")
    }

    @Test("what became of it is read beside everything else, and nothing is decided meanwhile")
    func readBeside() throws {
        let rig = try Rig()
        try rig.create("m", Machines.wait(seconds: 10))
        let polled = rig.simulation.createActivity("a")
        rig.settle()
        #expect(polled.success != nil)
        let poll = rig.simulation.poll("a", id: 1)
        rig.settle()
        rig.simulation.store.failAppend(1, with: .unknown, keeping: true)
        rig.simulation.start("m", name: "one")
        _ = try rig.simulation.createStateMachine("late", definition: Machines.pass)
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        rig.simulation.seal()
        #expect(!rig.simulation.commit())
        #expect(rig.simulation.isLoading)
        let early = rig.simulation.start("m", name: "two")
        let watched = Reply<WatchAnswer>()
        let watch = WatchCommand(id: RequestID(2), execution: ExecutionNumber(1), beyond: nil) {
            watched.put($0)
        }
        rig.simulation.send(.watch(watch))
        let late = rig.simulation.poll("a", id: 3)
        for _ in 0..<3 { rig.simulation.handleMessage() }
        // Who goes away is heard all the same.
        for id in 1...3 as ClosedRange<UInt64> {
            rig.simulation.send(.cancel(RequestID(id)))
            rig.simulation.handleMessage()
        }
        guard case .success(nil)? = poll.value, case .success(nil)? = late.value,
            watched.success == .cancelled
        else {
            Issue.record("who does not wait any more was not answered")
            return
        }
        #expect(early.value == nil)

        rig.simulation.load()
        let later = rig.simulation.start("late", name: "three")
        rig.settle()
        #expect(early.success != nil)
        #expect(later.success != nil)
        #expect(rig.simulation.run())
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }

    @Test("a change of the catalog that fails has not happened")
    func catalogChange() throws {
        let rig = try Rig()
        rig.simulation.store.failAppend(1, with: .failed)
        let reply = try rig.simulation.createStateMachine("m", definition: Machines.pass)
        rig.settle()
        #expect(reply.error?.code == "ServiceUnavailable")
        let start = rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(start.error?.code == "StateMachineDoesNotExist")
        try rig.create("m", Machines.pass)
        let again = rig.simulation.start("m", name: "one")
        rig.settle()
        #expect(again.success != nil)
    }

    @Test("every commit of a workflow fails once; it ends all the same", arguments: 1...24)
    func everyCommitFailsOnce(_ number: Int) throws {
        let rig = try Rig(seed: UInt64(number), Responders.flakyCharge)
        try rig.create("m", Machines.order)
        let code: StoreError.Code = number % 2 == 0 ? .failed : .unknown
        rig.simulation.store.failAppend(number, with: code, keeping: number % 3 == 0)
        let input = #"{"total":5,"lines":[1,2,3]}"#
        for attempt in 0..<3 where rig.simulation.head(of: "one", in: "m") == nil {
            _ = attempt
            rig.simulation.start("m", name: "one", input: input)
            #expect(rig.simulation.run())
        }
        #expect(rig.simulation.head(of: "one", in: "m")?.summary.status == .succeeded)
        #expect(rig.problems == [])
    }
}
