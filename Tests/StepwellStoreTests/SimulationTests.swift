import Foundation
import Logging
import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellStore
import StepwellTesting
import Testing

/// The engine's core on the store itself, small as it is: runs are written and merged, states and
/// timers are read back from them, and it crashes meanwhile.
@Suite("Simulations on the store")
struct SimulationTests {
    private static let order = #"""
        {"StartAt":"Charge","States":{
         "Charge":{"Type":"Task","Resource":"charge","Next":"Ship",
          "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":5}]},
         "Ship":{"Type":"Wait","Seconds":60,"Next":"Notify"},
         "Notify":{"Type":"Task","Resource":"notify","TimeoutSeconds":30,"End":true}}}
        """#

    /// Decisions that take long beside a Map Run, whose children wait and have tasks that fail.
    private static let fanOut = #"""
        {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
         {"StartAt":"H","States":{
          "H":{"Type":"Pass","Output":"{% $sum($map([1..5000], function($v){$v*2})) %}",
           "Next":"W"},
          "W":{"Type":"Wait","Seconds":40,"Next":"I"},
          "I":{"Type":"Pass","Output":"{% $sum($map([1..5000], function($v){$v*3})) %}",
           "End":true}}},
         {"StartAt":"M","States":{"M":{"Type":"Map","Items":"{% [1..5] %}","MaxConcurrency":3,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
           "StartAt":"V","States":{
            "V":{"Type":"Wait","Seconds":30,"Next":"T"},
            "T":{"Type":"Task","Resource":"charge","End":true,
             "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":5}]}}},
          "End":true}}}],"End":true}}}
        """#

    /// What is simulated: executions, and how many of them.
    struct Load: Sendable, CustomTestStringConvertible {
        let name: String
        let definition: String
        let count: Int
        var testDescription: String { name }

        static let all = [
            Load(name: "orders", definition: SimulationTests.order, count: 300),
            Load(name: "fan-outs", definition: SimulationTests.fanOut, count: 60),
        ]
        /// More seeds where there is time.
        static let seeds: ClosedRange<UInt64> =
            ProcessInfo.processInfo.environment["STEPWELL_LONG"] == "true" ? 1...40 : 1...4
    }

    /// Opens the store in a directory, and remembers how it stood.
    private final class Opener {
        private let directory: TemporaryDirectory
        private(set) weak var store: LMDBEventStore?

        init(_ directory: TemporaryDirectory) {
            self.directory = directory
        }

        func open() throws -> any EventStore {
            var options = StoreOptions()
            options.checkpointBytes = 20_000
            options.isRelaxed = true
            options.worksInBackground = false
            let store = try LMDBEventStore.open(directory: directory.path, options: options)
            self.store = store
            return store
        }
    }

    private static func simulation(
        seed: UInt64,
        on opener: Opener
    ) throws -> Simulation {
        var configuration = EngineConfiguration()
        configuration.logger.logLevel = .critical
        configuration.limits.residentExecutions = 4
        configuration.limits.timerQueueCapacity = 8
        configuration.limits.loadsAtOnce = 4
        configuration.limits.snapshotFloorBytes = 512
        let world = SimulatedWorld { task, _ in
            if task.dispatch.resource == "charge", task.dispatch.retryCount == 0 {
                return .fail(Failure(error: "Flaky"))
            }
            return .succeed(task.dispatch.parameters)
        }
        return try Simulation(
            seed: seed,
            reopen: { try opener.open() },
            world: world,
            configuration: configuration
        )
    }

    @Test(
        "what was started is there and ends, each name once",
        arguments: Load.all,
        Load.seeds
    )
    func crashes(_ load: Load, _ seed: UInt64) throws {
        let opener = Opener(try TemporaryDirectory())
        let simulation = try Self.simulation(seed: seed, on: opener)
        simulation.hearsLate = true
        try simulation.createStateMachine("m", definition: load.definition)
        #expect(simulation.run())
        var random = SeededGenerator(seed: seed)
        var acknowledged: Set<String> = []
        var merged = 0
        var replies: [(name: String, reply: Reply<StartExecutionResponse>)] = []
        for index in 0..<load.count {
            // Some names come again, warm, cold or closed.
            let name = "e\(index % 4 == 3 ? Int(random.next() % UInt64(index)) : index)"
            replies.append((name, simulation.start("m", name: name)))
            for _ in 0..<(random.next() % 60) where !simulation.step() { break }
            for (name, reply) in replies where reply.success != nil { acknowledged.insert(name) }
            replies.removeAll { $0.reply.value != nil }
            merged = max(merged, opener.store?.statistics.mergedRuns ?? 0)
            if random.next() % 25 == 0 {
                try simulation.crash()
                replies = []
            }
        }
        #expect(simulation.run(atMost: 1_000_000))
        for (name, reply) in replies where reply.success != nil { acknowledged.insert(name) }
        #expect(simulation.crashCount > 0)
        #expect(merged > 0)
        #expect(acknowledged.count > load.count / 3)
        for name in acknowledged.sorted() {
            let status = simulation.head(of: name, in: "m")?.summary.status
            #expect(status == .succeeded, "\(name)")
        }
        try Self.checkListing(of: simulation, including: acknowledged)
        let problems = LogChecker.problems(
            in: simulation.journal,
            catalog: simulation.core.currentCatalog
        )
        #expect(problems + EffectChecker.problems(in: simulation.world.deeds) == [])
    }

    private static func checkListing(
        of simulation: Simulation,
        including acknowledged: Set<String>
    ) throws {
        let store = simulation.journal
        let query = ListingQuery(stateMachineARN: Simulation.stateMachineARN("m"))
        var names: [String] = []
        var cursor: QueryCursor?
        repeat {
            let page = try store.listing(query, after: cursor, looks: 50)
            names += page.rows.map(\.executionName)
            cursor = page.next
        } while cursor != nil
        #expect(Set(names).count == names.count)
        #expect(acknowledged.isSubset(of: names))
        #expect(try store.dueRows().isEmpty)
        #expect(try store.unsettledNumbers().isEmpty)
        #expect(try store.openExecutions() == 0)
        #expect(simulation.core.openExecutionCount == 0)
    }
}
