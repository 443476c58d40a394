import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

@testable import StepwellEngine

@Suite("Snapshots of the catalog")
final class CatalogSnapshotTests: Sendable {
    private let reads = Mutex<[UInt64]>([])
    private let forgery = Mutex(Forgery.none)

    /// What is wrong with what the store gives back.
    private enum Forgery { case none, absent, partAbsent, partDamaged, partOlder, otherStream }

    /// Does a bit of everything that changes the catalog, `rounds` times.
    private func work(_ engine: Engine, rounds: Int = 12) async throws {
        for round in 0..<rounds {
            let machine = try await engine.create("m\(round)", Machines.pass)
            for seconds in 1...3 {
                _ = try await engine.updateStateMachine(
                    UpdateStateMachineRequest(
                        stateMachineARN: machine,
                        definition: Machines.wait(seconds: 10 * round + seconds),
                        publish: seconds != 2
                    )
                )
            }
            let route = RoutingConfigurationItem(
                stateMachineVersionARN: "\(machine):1",
                weight: 100
            )
            let alias = CreateStateMachineAliasRequest(name: "a", routingConfiguration: [route])
            _ = try await engine.createStateMachineAlias(alias)
            let tags = [ResourceTag(key: "k", value: "v"), ResourceTag(key: "l", value: "w")]
            try await engine.tagResource(arn: machine, tags: tags)
            try await engine.untagResource(arn: machine, keys: ["l"])
            let activity = try await engine.createActivity(name: "a\(round)", tags: tags)
            let deleted = try await engine.createActivity(name: "deleted", tags: tags)
            try await engine.deleteActivity(arn: deleted.activityARN)
            try await engine.tagResource(arn: activity.activityARN, tags: tags)
            if round % 3 == 0 { try await engine.deleteStateMachine(arn: machine) }
            if round == 3 { _ = try await engine.create("m3", Machines.wait(seconds: 9)) }
        }
    }

    private func store() -> ShapedStore {
        ShapedStore(
            beforeRead: { [self] ordinals in
                reads.withLock { $0.append(ordinals.lowerBound.rawValue) }
            },
            snapshots: { [self] execution, found in forge(execution, found) }
        )
    }

    private func forge(_ execution: ExecutionNumber, _ found: StoredSnapshot?) -> StoredSnapshot? {
        guard var found else { return nil }
        switch forgery.withLock({ $0 }) {
        case .none: break
        case .absent: return nil
        case .partAbsent where execution != .catalog: return nil
        case .partDamaged where execution != .catalog: found.bytes.removeLast()
        case .partOlder where execution != .catalog: found.ordinal = found.ordinal.advanced(by: -1)
        case .otherStream where execution == .catalog:
            found.bytes[found.bytes.count - 1] ^= 1
        case .partAbsent, .partDamaged, .partOlder, .otherStream: break
        }
        return found
    }

    private func configuration() -> EngineConfiguration {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.catalogSnapshotFloor = 8
        return configuration
    }

    /// A store on which an engine has worked.
    private func worked() async throws -> ShapedStore {
        let store = store()
        let engine = try Engine(
            store: store,
            configuration: configuration(),
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 1)
        )
        try await work(engine)
        await engine.shutdown()
        return store
    }

    /// The catalog's content, and the ordinals at which its stream was read.
    private func read(
        _ store: ShapedStore,
        _ wrong: Forgery
    ) throws -> (content: [UInt8], reads: [UInt64]) {
        forgery.withLock { $0 = wrong }
        reads.withLock { $0 = [] }
        let catalog = try CatalogReader.catalog(in: store)
        return (CatalogSamples.content(catalog), reads.withLock { $0 })
    }

    @Test("say what the stream says, and shorten the start")
    func agree() async throws {
        let store = try await worked()
        let stream = try read(store, .absent)
        #expect(stream.reads.first == 1)
        let short = try read(store, .none)
        #expect(short.content == stream.content)
        // The record that the snapshot ends with, and those behind it.
        #expect(short.reads.allSatisfy { $0 > 60 })

        // What goes on from a snapshot makes the next one.
        forgery.withLock { $0 = .none }
        let engine = try Engine(store: store, configuration: configuration(), clock: VirtualClock())
        for round in 0..<150 {
            let tags = [ResourceTag(key: "round", value: "\(round)")]
            try await engine.tagResource(
                arn: "arn:aws:states:us-east-1:000000000000:stateMachine:m1",
                tags: tags
            )
        }
        await engine.shutdown()
        let later = try read(store, .none)
        #expect(later.content == (try read(store, .absent)).content)
        #expect((later.reads.min() ?? 0) > (short.reads.min() ?? 0))
    }

    @Test("that cannot be right are passed over for the stream")
    func forged() async throws {
        let store = try await worked()
        let stream = try read(store, .absent)
        for wrong in [Forgery.partAbsent, .partDamaged, .partOlder, .otherStream] {
            let found = try read(store, wrong)
            #expect(found.content == stream.content)
            #expect(found.reads.contains(1))
        }
    }

    @Test("are of several parts when there is much")
    func parts() throws {
        var catalog = CatalogSamples.empty
        for number in 0..<1_000 {
            let arn = "arn:aws:states:us-east-1:000000000000:stateMachine:m\(number)"
            catalog.apply(CatalogSamples.creation(arn, "{}"), at: Ordinal(UInt64(number + 1)))
        }
        var writer = CatalogSnapshotWriter(catalog, CatalogHead(), set: 1)
        var rows: [StoredSnapshot] = []
        while let row = writer.next() { rows.append(row) }
        #expect(rows.count > 8)
        #expect(Set(rows.map(\.execution)).count == rows.count)
        #expect(rows.allSatisfy { $0.bytes.count < 2 * CatalogSnapshotWriter.partBytes })
        #expect(rows.last?.execution == .catalog)
    }

    @Test("a failing commit reads only what is in doubt of the stream")
    func revert() throws {
        let store = store()
        let library = DefinitionLibrary(store: store, byteLimit: 1 << 20)
        var keeper = CatalogKeeper(library: library, snapshotFloor: .max)
        func append(_ number: Int) -> EncodedTurn {
            keeper.append(
                CatalogSamples.creation("arn:aws:states:r:a:stateMachine:m\(number)", "{}"),
                at: Timestamp(milliseconds: 1),
                in: UInt64(number),
                durable: UInt64(max(0, number - 3))
            )
        }
        for number in 1...200 {
            let turn = append(number)
            // The outcome of the last is unknown; it is there.
            if number <= 199 { try store.keep([turn]) }
        }
        reads.withLock { $0 = [] }
        keeper.revert(to: 198)
        let next = keeper.head.lastOrdinal.advanced(by: 1)
        let doubtful = try DoubtfulExecutions([], catalogFrom: next, in: store)
        try keeper.follow(doubtful.catalogTurns)
        #expect(reads.withLock { $0 } == [199, 200])
        #expect(keeper.catalog.stateMachineCount == 199)
        let fresh = try CatalogReader.catalog(in: store)
        #expect(CatalogSamples.content(keeper.catalog) == CatalogSamples.content(fresh))
        try store.keep([append(200)])
        #expect(try CatalogReader.catalog(in: store).stateMachineCount == 200)
    }
}
