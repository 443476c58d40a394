import StepwellHistory
import StepwellTesting
import Testing

@testable import StepwellEngine

/// A definition that was accepted once is compiled, never judged again.
@Suite("Definitions of earlier versions")
struct DefinitionRevisionTests {
    private static let prefix = "arn:aws:states:us-east-1:000000000000:stateMachine:"

    /// Refused by today's rules (a field that no state has, a state that nothing leads to, a
    /// resource that is none), and clear to the compiler.
    private static let refusedToday = #"""
        {"StartAt":"A","Unheard":1,"States":{"A":{"Type":"Pass","Unknown":true,"End":true},
         "Lost":{"Type":"Task","Resource":"arn:aws:states:::nothing:at-all","End":true}}}
        """#

    /// What the compiler has nothing to make of.
    private static let beyondCompiling = #"{"StartAt":"Gone","States":{"A":{"Type":"Succeed"}}}"#

    /// A store to which an earlier version wrote records.
    private func store(_ records: [CatalogRecord]) throws -> SimulatedStore {
        let rig = try Rig()
        for record in records {
            let change = CatalogChange(record: record)
            rig.simulation.send(.catalog(.change({ _, _ in change }, reply: { _ in })))
            rig.settle()
        }
        return rig.simulation.store.image()
    }

    private func engine(_ store: SimulatedStore) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 3)
        )
    }

    private func create(
        _ name: String,
        _ text: String,
        _ type: StateMachineType = .standard
    )
        -> CatalogRecord
    {
        CatalogSamples.creation(Self.prefix + name, type: type, text)
    }

    @Test("run, whatever rules were added since, and whatever type their machine is of")
    func runs() async throws {
        #expect(throws: ServiceError.self) { try DefinitionCompiler.compile(Self.refusedToday) }
        let store = try store([
            create("old", Self.refusedToday), create("fast", Self.refusedToday, .express),
        ])
        let engine = try engine(store)
        for name in ["old", "fast"] {
            let execution = try await engine.start(Self.prefix + name)
            let closed = try await engine.waitForExecution(arn: execution)
            #expect(closed.status == .succeeded)
            let described = try await engine.describeStateMachine(arn: Self.prefix + name)
            #expect(described.definition == Self.refusedToday)
        }
        await engine.shutdown()
        let rig = try Rig(store: store)
        #expect(rig.problems == [])
    }

    @Test("cost only their own state machine when they cannot be compiled")
    func uncompilable() async throws {
        let store = try store([
            create("broken", Self.beyondCompiling), create("no-json", "{"),
            create("good", Machines.pass),
        ])
        let engine = try engine(store)
        for (name, text) in [("broken", Self.beyondCompiling), ("no-json", "{")] {
            do {
                _ = try await engine.start(Self.prefix + name)
                Issue.record("a definition that cannot be compiled was started")
            } catch let error as ServiceError {
                #expect(error.code == "InvalidDefinition")
                #expect(error.message.contains(Self.prefix + name))
                #expect(error.message.contains(DefinitionDigest(of: text).hexadecimal))
            }
            let described = try await engine.describeStateMachine(arn: Self.prefix + name)
            #expect(described.definition == text)
        }
        let execution = try await engine.start(Self.prefix + "good")
        #expect(try await engine.waitForExecution(arn: execution).status == .succeeded)
        // A new revision makes it whole.
        _ = try await engine.updateStateMachine(
            UpdateStateMachineRequest(
                stateMachineARN: Self.prefix + "broken",
                definition: Machines.pass
            )
        )
        let mended = try await engine.start(Self.prefix + "broken")
        #expect(try await engine.waitForExecution(arn: mended).status == .succeeded)
        await engine.shutdown()
    }

    @Test("that cannot be compiled any more cost the executions that follow them, no others")
    func uncompilableUnderWay() async throws {
        let rig = try Rig()
        // An earlier version made something of the text.
        let change = CatalogChange(
            record: create("broken", Self.beyondCompiling),
            compiled: try DefinitionCompiler.compile(Machines.wait(seconds: 60))
        )
        rig.simulation.send(.catalog(.change({ _, _ in change }, reply: { _ in })))
        rig.settle()
        rig.simulation.start("broken", name: "one")
        rig.settle()
        try rig.create("good", Machines.wait(seconds: 5))
        let engine = try engine(rig.simulation.store.image())
        let broken = Self.prefix.replacing("stateMachine:", with: "execution:") + "broken:one"
        #expect(try await engine.describeExecution(arn: broken).status == .running)
        for name in ["a", "b"] {
            let execution = try await engine.start(Self.prefix + "good", name: name)
            #expect(try await engine.waitForExecution(arn: execution).status == .succeeded)
        }
        do {
            _ = try await engine.stopExecution(arn: broken, error: nil, cause: nil)
            Issue.record("an execution that cannot be read was stopped")
        } catch let error as ServiceError {
            #expect(error.message.contains(DefinitionDigest(of: Self.beyondCompiling).hexadecimal))
        }
        await engine.shutdown()
    }

    @Test("the turn thread compiles none where the caller can")
    func prepared() throws {
        let store = try store([create("m", Machines.pass)])
        let rig = try Rig(store: store)
        let asked = Reply<DefinitionRevision>()
        let reply = Reply<StartExecutionResponse>()
        var command = StartCommand(
            stateMachineARN: Self.prefix + "m",
            name: "one",
            input: Payload(text: Array("{}".utf8))
        ) { reply.put($0) }
        command.prepare = { asked.put(.success($0)) }
        rig.simulation.send(.start(command))
        rig.settle()
        #expect(reply.value == nil)
        let revision = try #require(asked.success)
        _ = try revision.compiled()
        rig.simulation.send(.start(command))
        rig.settle()
        #expect(reply.success != nil)
    }

    @Test("are read and compiled again when there was no room to keep them")
    func evicted() throws {
        let texts = (0..<50).map { Machines.wait(seconds: $0) }
        let store = try store(texts.enumerated().map { create("m\($0)", $1) })
        let limit = 40_000
        var keeper = CatalogKeeper(
            library: DefinitionLibrary(store: store, byteLimit: limit),
            snapshotFloor: .max
        )
        try keeper.load(from: store)
        for _ in 0..<3 {
            for text in texts {
                let digest = DefinitionDigest(of: text)
                let revision = try #require(keeper.catalog.definition(digest))
                #expect(try revision.text() == text)
                _ = try revision.compiled()
            }
        }
        let kept = texts.filter {
            keeper.catalog.definition(DefinitionDigest(of: $0))?.compiledLately != nil
        }
        #expect((2..<texts.count).contains(kept.count))
    }

    @Test("of a change that is not durable yet can be read and started")
    func fresh() throws {
        let rig = try Rig(limits: { $0.definitionCacheBytes = 0 })
        let big = #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#
        try rig.simulation.createStateMachine("big", definition: big)
        try rig.simulation.createStateMachine("other", definition: Machines.wait(seconds: 1))
        rig.simulation.handleMessage()
        rig.simulation.handleMessage()
        let revision = rig.simulation.core.currentCatalog.definition(DefinitionDigest(of: big))
        #expect(try revision?.text() == big)
        let start = rig.simulation.start("big", name: "one")
        rig.settle()
        #expect(start.success != nil)
    }
}
