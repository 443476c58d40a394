import StepwellHistory
import StepwellTesting
import Testing

@testable import StepwellEngine

@Suite("Listings of the catalog")
struct CatalogListingTests {
    private let store = SimulatedStore()

    private func engine(region: String, account: String = "000000000000") throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.region = region
        configuration.account = account
        return try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 3)
        )
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ServiceError)?.code.rawValue
        }
    }

    @Test("have every name of every region and account", arguments: [1, 2, 3, 100])
    func regions(size: Int) async throws {
        var machines: [String] = []
        var activities: [String] = []
        for (region, account) in [("r1", "1"), ("r2", "1"), ("r1", "2")] {
            let engine = try engine(region: region, account: account)
            for name in ["a", "b", "b-b"] {
                machines.append(try await engine.create(name, Machines.pass))
                activities.append(try await engine.createActivity(name: name).activityARN)
            }
            await engine.shutdown()
        }
        let engine = try engine(region: "r2")
        let listed = try await Pages.all {
            try await engine.listStateMachines(maxResults: size, nextToken: $0)
        }
        #expect(listed.map(\.name) == ["a", "a", "a", "b", "b", "b", "b-b", "b-b", "b-b"])
        #expect(Set(listed.map(\.stateMachineARN)) == Set(machines))
        let known = try await Pages.all {
            try await engine.listActivities(maxResults: size, nextToken: $0)
        }
        #expect(known.map(\.name) == listed.map(\.name))
        #expect(Set(known.map(\.activityARN)) == Set(activities))
        await engine.shutdown()
    }

    @Test("page by page have what was there all the time, once, whatever comes and goes")
    func churn() async throws {
        let engine = try engine(region: "r")
        var names = (0..<20).map { "m\(String(100 + $0))" }
        for name in names { _ = try await engine.create(name, Machines.pass) }
        var step = 0
        let listed = try await Pages.all {
            // The one that was listed last goes, others come in front of and behind it.
            step += 1
            let last = names[3 * step - 1 < names.count ? 3 * step - 1 : 0]
            try await engine.deleteStateMachine(arn: engine.arn(.stateMachine, last))
            _ = try await engine.create("\(last)-x", Machines.pass)
            _ = try await engine.create("a\(step)", Machines.pass)
        } _: {
            try await engine.listStateMachines(maxResults: 3, nextToken: $0)
        }
        names = listed.map(\.name)
        #expect(names == names.sorted() && Set(names).count == names.count)
        #expect(names.filter { $0.utf8.count == 4 }.count >= 14)
        await engine.shutdown()
    }

    @Test("of versions and aliases go on behind a place that is gone")
    func qualified() async throws {
        let engine = try engine(region: "r")
        let machine = try await engine.create("m", Machines.pass)
        for seconds in 1...5 {
            let change = UpdateStateMachineRequest(
                stateMachineARN: machine,
                definition: Machines.wait(seconds: seconds),
                publish: true
            )
            _ = try await engine.updateStateMachine(change)
        }
        let route = RoutingConfigurationItem(stateMachineVersionARN: "\(machine):1", weight: 100)
        for name in ["a", "b", "c", "d"] {
            let alias = CreateStateMachineAliasRequest(name: name, routingConfiguration: [route])
            _ = try await engine.createStateMachineAlias(alias)
        }
        let versions = try await engine.listStateMachineVersions(
            stateMachineARN: machine,
            maxResults: 2,
            nextToken: nil
        )
        #expect(versions.items.map(\.stateMachineVersionARN) == ["\(machine):5", "\(machine):4"])
        try await engine.deleteStateMachineVersion(arn: "\(machine):4")
        let rest = try await engine.listStateMachineVersions(
            stateMachineARN: machine,
            maxResults: 9,
            nextToken: versions.nextToken
        )
        #expect(rest.items.map(\.stateMachineVersionARN).first == "\(machine):3")
        #expect(rest.items.count == 3 && rest.nextToken == nil)
        let aliases = try await engine.listStateMachineAliases(
            stateMachineARN: machine,
            maxResults: 2,
            nextToken: nil
        )
        try await engine.deleteStateMachineAlias(arn: "\(machine):b")
        let others = try await engine.listStateMachineAliases(
            stateMachineARN: machine,
            maxResults: 2,
            nextToken: aliases.nextToken
        )
        #expect(others.items.map(\.stateMachineAliasARN) == ["\(machine):c", "\(machine):d"])
        #expect(others.nextToken == nil)
        await engine.shutdown()
    }

    @Test("refuse tokens of another form, of other things and of other machines")
    func foreignTokens() async throws {
        let engine = try engine(region: "r")
        let machine = try await engine.create("m", Machines.pass)
        let other = PageRequest.token(Array("\(machine)x:1".utf8), form: 2)
        for token in [
            PageRequest.token(Array("m".utf8)), PageRequest.token(Array("m".utf8), form: 2),
            PageRequest.token([0xFF], form: 2), other,
        ] {
            if token != other {
                let listing = await code {
                    _ = try await engine.listStateMachines(maxResults: 1, nextToken: token)
                }
                #expect(listing == "InvalidToken")
                let activities = await code {
                    _ = try await engine.listActivities(maxResults: 1, nextToken: token)
                }
                #expect(activities == "InvalidToken")
            }
            let versions = await code {
                _ = try await engine.listStateMachineVersions(
                    stateMachineARN: machine,
                    maxResults: 1,
                    nextToken: token
                )
            }
            #expect(versions == "InvalidToken")
            let aliases = await code {
                _ = try await engine.listStateMachineAliases(
                    stateMachineARN: machine,
                    maxResults: 1,
                    nextToken: token
                )
            }
            #expect(aliases == "InvalidToken")
        }
        await engine.shutdown()
    }
}
