import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Versions, aliases and tags", .timeLimit(.minutes(10)))
struct VersionTests {
    private let store = SimulatedStore()
    private let engine: Engine
    private let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:m"
    private static let second = #"{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}"#

    init() throws {
        engine = try Engine(
            store: store,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
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

    /// A state machine with two versions, and an alias that leads to them.
    private func prepare(weights: (Int, Int)) async throws -> String {
        let created = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: Machines.pass,
                roleARN: "r",
                publish: true,
                versionDescription: "first"
            )
        )
        #expect(created.stateMachineVersionARN == machine + ":1")
        let updated = try await engine.updateStateMachine(
            UpdateStateMachineRequest(
                stateMachineARN: machine,
                definition: Self.second,
                publish: true
            )
        )
        #expect(updated.stateMachineVersionARN == machine + ":2")
        return try await engine.createStateMachineAlias(
            CreateStateMachineAliasRequest(name: "live", routingConfiguration: routes(weights))
        ).stateMachineAliasARN
    }

    private func routes(_ weights: (Int, Int)) -> [RoutingConfigurationItem] {
        [
            RoutingConfigurationItem(stateMachineVersionARN: machine + ":1", weight: weights.0),
            RoutingConfigurationItem(stateMachineVersionARN: machine + ":2", weight: weights.1),
        ]
    }

    @Test("an alias shares executions out by weight, and each records what was drawn")
    func routing() async throws {
        let alias = try await prepare(weights: (80, 20))
        var drawn = [0, 0]
        for number in 0..<300 {
            let execution = try await engine.start(alias, name: "e\(number)")
            let found = try await engine.describeExecution(arn: execution)
            #expect(found.stateMachineARN == machine)
            #expect(found.stateMachineAliasARN == alias)
            let version = try #require(found.stateMachineVersionARN)
            drawn[version == machine + ":1" ? 0 : 1] += 1
            let definition = try await engine.describeStateMachineForExecution(
                executionARN: execution
            ).definition
            #expect(definition == (version == machine + ":1" ? Machines.pass : Self.second))
        }
        #expect((200...280).contains(drawn[0]))
        #expect(drawn[0] + drawn[1] == 300)
    }

    @Test("a weight of 0 is never drawn, one of 100 always", arguments: [(100, 0), (0, 100)])
    func certainRouting(_ weights: (Int, Int)) async throws {
        let alias = try await prepare(weights: weights)
        for _ in 0..<50 {
            let execution = try await engine.start(alias)
            let found = try await engine.describeExecution(arn: execution)
            #expect(found.stateMachineVersionARN == machine + (weights.0 == 100 ? ":1" : ":2"))
        }
    }

    @Test("executions are listed by version and by alias, over pages")
    func listing() async throws {
        let alias = try await prepare(weights: (0, 100))
        for number in 0..<3 {
            _ = try await engine.start(machine, name: "plain\(number)")
            _ = try await engine.start(machine + ":1", name: "one\(number)")
            _ = try await engine.start(alias, name: "alias\(number)")
        }
        for (arn, names) in [
            (machine, 9), (machine + ":1", 3), (machine + ":2", 3), (alias, 3),
        ] {
            var found: [String] = []
            var token: String?
            repeat {
                let page = try await engine.listExecutions(
                    ListExecutionsRequest(stateMachineARN: arn, maxResults: 2, nextToken: token)
                )
                found += page.items.map(\.name)
                token = page.nextToken
            } while token != nil
            #expect(Set(found).count == names)
            #expect(found.count == names)
        }
        let unknown = await code {
            _ = try await engine.listExecutions(
                ListExecutionsRequest(stateMachineARN: machine + ":3")
            )
        }
        #expect(unknown == "ResourceNotFound")
    }

    @Test("everything is there again after a restart, and numbers are not given twice")
    func restart() async throws {
        let alias = try await prepare(weights: (50, 50))
        try await engine.tagResource(arn: machine, tags: [ResourceTag(key: "a", value: "1")])
        _ = try await engine.createActivity(
            name: "w",
            tags: [ResourceTag(key: "b", value: "2")]
        )
        await engine.shutdown()
        let again = try Engine(store: store, clock: VirtualClock())
        let described = try await again.describeStateMachineAlias(arn: alias)
        #expect(described.routingConfiguration == routes((50, 50)))
        let first = try await again.describeStateMachine(arn: machine + ":1")
        #expect(first.versionDescription == "first")
        #expect(first.definition == Machines.pass)
        let tags = try await again.listTagsForResource(arn: machine)
        #expect(tags == [ResourceTag(key: "a", value: "1")])
        let activity = "arn:aws:states:us-east-1:000000000000:activity:w"
        let activityTags = try await again.listTagsForResource(arn: activity)
        #expect(activityTags == [ResourceTag(key: "b", value: "2")])
        let used = await code { try await again.deleteStateMachineVersion(arn: machine + ":2") }
        #expect(used == "ConflictException")
        try await again.deleteStateMachineAlias(arn: alias)
        try await again.deleteStateMachineVersion(arn: machine + ":2")
        let third = try await again.publishStateMachineVersion(
            PublishStateMachineVersionRequest(stateMachineARN: machine)
        )
        #expect(third.stateMachineVersionARN == machine + ":3")
        await again.shutdown()
    }

    @Test("a deleted state machine is DELETING while executions of it run")
    func deleting() async throws {
        let activity = try await engine.createActivity(name: "w").activityARN
        let arn = try await engine.create(
            "m",
            #"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\#(activity)","End":true}}}"#
        )
        let execution = try await engine.start(arn)
        try await engine.deleteStateMachine(arn: arn)
        let status = try await engine.describeStateMachine(arn: arn).status
        #expect(status == .deleting)
        let create = await code { _ = try await engine.create("m", Machines.pass) }
        #expect(create == "StateMachineDeleting")
        let start = await code { _ = try await engine.start(arn) }
        #expect(start == "StateMachineDeleting")
        _ = try await engine.stopExecution(arn: execution, error: nil, cause: nil)
        let gone = await code { _ = try await engine.describeStateMachine(arn: arn) }
        #expect(gone == "StateMachineDoesNotExist")
        _ = try await engine.create("m", Machines.pass)
    }

    @Test("an alias whose configuration cannot be is refused")
    func badRouting() async throws {
        let alias = try await prepare(weights: (50, 50))
        let other = "arn:aws:states:us-east-1:000000000000:stateMachine:other:1"
        for (arns, weights, expected) in [
            ([machine + ":1", machine + ":2"], [50, 49], "ValidationException"),
            ([machine + ":1", machine + ":1"], [50, 50], "ValidationException"),
            ([machine + ":1", other], [50, 50], "ValidationException"),
            ([machine], [100], "ValidationException"),
            ([alias], [100], "ValidationException"),
            ([machine + ":9"], [100], "ResourceNotFound"),
            (["nonsense"], [100], "InvalidArn"),
        ] {
            let items = zip(arns, weights).map {
                RoutingConfigurationItem(stateMachineVersionARN: $0, weight: $1)
            }
            let found = await code {
                _ = try await engine.createStateMachineAlias(
                    CreateStateMachineAliasRequest(name: "bad", routingConfiguration: items)
                )
            }
            #expect(found == expected)
        }
        let taken = await code {
            _ = try await engine.createStateMachineAlias(
                CreateStateMachineAliasRequest(
                    name: "live",
                    routingConfiguration: routes((10, 90))
                )
            )
        }
        #expect(taken == "ConflictException")
    }
}
