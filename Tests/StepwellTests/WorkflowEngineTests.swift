import Foundation
import Logging
import Stepwell
import StepwellTesting
import Synchronization
import Testing

/// What the facade has beside handlers and executions.
@Suite("Workflow engine", .timeLimit(.minutes(10)))
struct WorkflowEngineTests {
    private static let echo = Definition.json(
        #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#
    )

    private func task(_ resource: String) -> Definition {
        .json(
            #"""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"\#(resource)","End":true}}}
            """#
        )
    }

    private func withEngine(
        _ configure: (inout WorkflowEngine.Configuration) -> Void = { _ in },
        _ body: (WorkflowEngine) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        try await WorkflowEngine.withEngine(at: directory.path) {
            $0.clock = VirtualClock()
            configure(&$0)
        } operation: { engine in
            try await body(engine)
        }
    }

    @Test("a suspended engine calls no handler until it is resumed")
    func suspended() async throws {
        let directory = try TemporaryDirectory()
        let calls = Mutex(0)
        let engine = try await WorkflowEngine.open(at: directory.path) {
            $0.handle("count") { (_: JSONValue) in calls.withLock { $0 += 1 } }
        }
        try await engine.deployStateMachine("counting", definition: task("count"))
        let execution = try await engine.start("counting")
        // The task is scheduled, and goes no further.
        for try await event in execution.events where event.type == "TaskScheduled" { break }
        #expect(engine.isSuspended)
        #expect(calls.withLock { $0 } == 0)
        engine.resume()
        #expect(try await execution.result(as: JSONValue.self) == .null)
        #expect(calls.withLock { $0 } == 1)
        #expect(!engine.isSuspended)
        await engine.shutdown()
    }

    @Test("running ends with an error when nothing can be written any more")
    func endsWithFailure() async throws {
        let store = SimulatedStore()
        var configuration = WorkflowEngine.Configuration()
        configuration.logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let engine = try WorkflowEngine(store: store, configuration: configuration)
        try await engine.checkReadiness()
        try await engine.createStateMachine("echo", definition: Self.echo)
        let running = Task { try await engine.run() }
        store.freeze(with: .damaged)
        await #expect(throws: StepwellError.self) { try await engine.start("echo") }
        let error = await #expect(throws: StepwellError.self) { try await running.value }
        #expect(error?.code == .serviceUnavailable)
        await #expect(throws: StepwellError.self) { try await engine.checkReadiness() }
    }

    @Test("a handler does few tasks at once, and holds no other up")
    func concurrency() async throws {
        let (gates, opened) = AsyncStream<Void>.makeStream()
        let load = Mutex<(now: Int, most: Int)>((0, 0))
        try await withEngine {
            $0.handle("narrow", maximumConcurrency: 2) { (n: Int) in
                load.withLock { load in
                    load.now += 1
                    load.most = max(load.most, load.now)
                }
                for await _ in gates { break }
                load.withLock { $0.now -= 1 }
                return n
            }
            $0.handle("wide") { (n: Int) in n }
        } _: { engine in
            try await engine.deployStateMachine("narrow", definition: task("narrow"))
            try await engine.deployStateMachine("wide", definition: task("wide"))
            var narrow: [Execution] = []
            for n in 0..<12 { narrow.append(try await engine.start("narrow", input: n)) }
            // The others pass while those wait.
            #expect(try await engine.start("wide", input: 7).result(as: Int.self) == 7)
            // One is stopped while it waits for its turn.
            try await narrow[5].stop()
            opened.finish()
            for (n, execution) in narrow.enumerated() where n != 5 {
                #expect(try await execution.result(as: Int.self) == n)
            }
            #expect(load.withLock { $0.most } == 2)
        }
    }

    @Test("the bound counts for lambda:invoke of the function, too")
    func functionConcurrency() async throws {
        let load = Mutex<(now: Int, most: Int)>((0, 0))
        try await withEngine {
            $0.handle("work", maximumConcurrency: 1) { (_: JSONValue) in
                load.withLock { load in
                    load.now += 1
                    load.most = max(load.most, load.now)
                }
                await Task.yield()
                load.withLock { $0.now -= 1 }
            }
        } _: { engine in
            let definition = Definition.json(
                #"""
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{
                 "StartAt":"T","States":{"T":{"Type":"Task","End":true,
                  "Resource":"arn:aws:states:::lambda:invoke",
                  "Parameters":{"FunctionName":"work"}}}}}}}
                """#
            )
            try await engine.deployStateMachine("m", definition: definition)
            let closed = try await engine.start("m", input: [Int](0..<20)).waitUntilClosed()
            #expect(closed.status == .succeeded)
            #expect(load.withLock { $0.most } == 1)
        }
    }

    @Test("what nothing serves is not deployed, unless it is wanted all the same")
    func unserved() async throws {
        try await withEngine {
            $0.handle("served") { (_: JSONValue) in }
        } _: { engine in
            try await engine.deployStateMachine("m", definition: task("served"))
            let error = await #expect(throws: UnservedResources.self) {
                try await engine.deployStateMachine("m", definition: task("missing"))
            }
            #expect(error?.resources == ["missing"])
            #expect(error?.description.contains("'missing'") == true)
            let kept = try await engine.describeStateMachine("m").definition
            #expect(kept.contains("served"))
            try await engine.deployStateMachine(
                "m",
                definition: task("missing"),
                allowsUnserved: true
            )
            await #expect(throws: StepwellError.self) {
                try await engine.deployStateMachine("m", definition: .json("{}"))
            }
        }
    }

    @Test("versions and aliases")
    func versions() async throws {
        try await withEngine { engine in
            let one = #"{"StartAt":"P","States":{"P":{"Type":"Pass","Result":1,"End":true}}}"#
            try await engine.deployStateMachine("m", definition: .json(one))
            let first = try await engine.publishVersion(of: "m", description: "first")
            try await engine.deployStateMachine("m", definition: Self.echo)
            let second = try await engine.publishVersion(of: "m")
            let versions = try await engine.versions(of: "m").array()
            #expect(versions.map(\.arn) == [second.arn, first.arn])

            let alias = try await engine.setAlias("live", to: [AliasRoute(first.arn)])
            #expect(try await engine.start(alias, input: 2).result(as: Int.self) == 1)
            #expect(try await engine.start("m", input: 2).result(as: Int.self) == 2)
            let routes = [AliasRoute(first.arn, weight: 0), AliasRoute(second.arn, weight: 100)]
            #expect(try await engine.setAlias("live", to: routes) == alias)
            #expect(try await engine.start(alias, input: 2).result(as: Int.self) == 2)
            let found = try await engine.aliases(of: "m").array()
            #expect(found.map(\.name) == ["live"])
            #expect(found.first == (try await engine.describeAlias("live", of: "m")))
            #expect(found.first?.routes.contains(routes[1]) == true)

            let refused = await #expect(throws: StepwellError.self) {
                try await engine.deleteVersion(arn: second.arn)
            }
            #expect(refused?.code == .conflict)
            try await engine.deleteAlias("live", of: "m")
            try await engine.deleteVersion(arn: second.arn)
            #expect(try await engine.versions(of: "m").array().map(\.arn) == [first.arn])
        }
    }

    @Test("tags, listings and deletion")
    func listings() async throws {
        try await withEngine { engine in
            for name in ["a", "b", "c"] {
                try await engine.createStateMachine(name, definition: Self.echo, tags: ["n": name])
                try await engine.createActivity("act-\(name)")
            }
            #expect(try await engine.stateMachines.array().map(\.name) == ["a", "b", "c"])
            #expect(try await engine.stateMachines.array(limit: 2).map(\.name) == ["a", "b"])
            #expect(try await engine.activities.array().map(\.name) == ["act-a", "act-b", "act-c"])
            try await engine.setTags(["m": "1", "n": "2"], of: "a")
            try await engine.removeTags(["m"], of: "a")
            #expect(try await engine.tags(of: "a") == ["n": "2"])

            for n in 0..<5 { _ = try await engine.start("a", name: "e\(n)").waitUntilClosed() }
            let executions = engine.executions(of: "a", status: .succeeded)
            #expect(Set(try await executions.array().map(\.name)).count == 5)
            let first = try #require(try await executions.array(limit: 1).first)
            #expect(try await engine.execution(arn: first.arn).describe().name == first.name)
            let past = Timestamp(milliseconds: first.startDate.milliseconds - 86_400_000)
            #expect(try await engine.executions(until: past).array().isEmpty)
            #expect(try await engine.executions(since: past).array().count == 5)
            let missing = await #expect(throws: StepwellError.self) {
                try await engine.executions(of: "z").array()
            }
            #expect(missing?.code == .stateMachineDoesNotExist)

            try await engine.deleteStateMachine("c")
            try await engine.deleteActivity("act-c")
            #expect(try await engine.stateMachines.array().count == 2)
            #expect(try await engine.activities.array().count == 2)
        }
    }

    @Test("an Express workflow is waited for")
    func express() async throws {
        try await withEngine { engine in
            try await engine.createStateMachine("e", definition: Self.echo, type: .express)
            let closed = try await engine.startSync("e", input: [1, 2])
            #expect(try closed.output(as: [Int].self) == [1, 2])
            let found = try #require(try await engine.executions(of: "e").array().first)
            #expect(found.arn == closed.arn)
            try await engine.createStateMachine("s", definition: Self.echo)
            let refused = await #expect(throws: StepwellError.self) {
                try await engine.startSync("s", input: 1)
            }
            #expect(refused?.code == .stateMachineTypeNotSupported)
        }
    }

    @Test("a Map Run, its counts and its children")
    func mapRuns() async throws {
        try await withEngine { engine in
            let definition = Definition.json(
                #"""
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"MaxConcurrency":2,
                 "ToleratedFailurePercentage":100,"ItemProcessor":{
                  "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"C","States":{
                   "C":{"Type":"Choice","Default":"F",
                    "Choices":[{"Variable":"$","NumericGreaterThan":1,"Next":"S"}]},
                   "F":{"Type":"Fail"},"S":{"Type":"Succeed"}}}}}}
                """#
            )
            try await engine.deployStateMachine("m", definition: definition)
            let execution = try await engine.start("m", input: [1, 2, 3])
            _ = try await execution.waitUntilClosed()
            let run = try #require(try await execution.mapRuns.array().first)
            let found = try await engine.describeMapRun(arn: run.arn)
            #expect((found.status, found.maxConcurrency) == (.succeeded, 2))
            #expect((found.items.total, found.items.failed, found.items.succeeded) == (3, 1, 2))
            #expect(found.executionARN == execution.arn)
            let failed = try await engine.children(ofMapRun: run.arn, status: .failed).array()
            #expect(failed.count == 1)
            let over = await #expect(throws: StepwellError.self) {
                try await engine.updateMapRun(arn: run.arn, maxConcurrency: 1)
            }
            #expect(over?.code == .validation)
        }
    }

    @Test("a state by itself, and what is wrong with a definition")
    func states() async throws {
        try await withEngine {
            $0.handle("double") { (n: Int) in n * 2 }
        } _: { engine in
            let state = Definition.json(
                #"""
                {"Type":"Task","Resource":"double","InputPath":"$.n","ResultPath":"$.twice",
                 "Next":"After","Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":3}],
                 "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Sorry"}]}
                """#
            )
            let done = try await engine.testState(state, input: ["n": 21])
            #expect((done.status, done.nextState) == (.succeeded, "After"))
            #expect(done.output == ["n": 21, "twice": 42])
            #expect(done.stages["afterInputPath"] == 21)
            let mocked = try await engine.testState(state, input: ["n": 1], mock: .result(5))
            #expect(mocked.output?["twice"] == 5)
            let flaky = try await engine.testState(
                state,
                input: ["n": 1],
                mock: .failure(TaskError("Flaky"))
            )
            #expect(flaky.status == .retriable)
            let caught = try await engine.testState(
                state,
                input: ["n": 1],
                mock: .failure(TaskError("Other", cause: "why"))
            )
            #expect((caught.status, caught.nextState) == (.caughtError, "Sorry"))

            #expect(try await engine.validate(Self.echo).isEmpty)
            let unserved = try await engine.validate(task("nobody"))
            #expect(unserved.map(\.isError) == [false])
            let broken = try await engine.validate(
                .json(#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}"#)
            )
            #expect(broken.map(\.code).contains("MISSING_TRANSITION_TARGET"))
            #expect(broken.first?.pointer == "/States/A/Next")
        }
    }

    @Test("errors of a service's own fail tasks by the names that they say")
    func namedErrors() async throws {
        struct Declined: TaskErrorConvertible {
            var taskError: TaskError { TaskError("CardDeclined", cause: "no money") }
        }
        try await withEngine {
            $0.handle("charge") { (_: JSONValue, _: TaskContext) in throw Declined() }
        } _: { engine in
            try await engine.deployStateMachine("m", definition: task("charge"))
            let closed = try await engine.start("m").waitUntilClosed()
            #expect(closed.failure?.error == "CardDeclined")
            #expect(closed.failure?.cause == "no money")
        }
    }

    @Test("a worker of an activity ends tasks as a handler does")
    func worker() async throws {
        try await withEngine { engine in
            let arn = try await engine.createActivity("pack")
            try await engine.deployStateMachine("m", definition: task(arn))
            let worker = Task {
                try await engine.work(on: "pack") { (work: ActivityWork<Int>) in
                    guard work.input > 0 else { throw TaskError("Empty") }
                    return work.input * 2
                }
            }
            #expect(try await engine.start("m", input: 4).result(as: Int.self) == 8)
            let empty = try await engine.start("m", input: 0).waitUntilClosed()
            #expect(empty.failure?.error == "Empty")
            let text = try await engine.start("m", input: "x").waitUntilClosed()
            #expect(text.failure?.cause?.contains("is no Int") == true)
            worker.cancel()
            try await worker.value
        }
    }

    @Test("a worker survives results that cannot be recorded, and its task does too")
    func tooLarge() async throws {
        try await withEngine { engine in
            let arn = try await engine.createActivity("pack")
            try await engine.deployStateMachine("m", definition: task(arn))
            let worker = Task {
                try await engine.work(on: "pack") { (work: ActivityWork<Int>) in
                    guard work.input > 0 else {
                        throw TaskError(
                            String(repeating: "x", count: 300),
                            cause: String(repeating: "😀", count: 20_000)
                        )
                    }
                    return String(repeating: "x", count: work.input)
                }
            }
            let large = try await engine.start("m", input: 300_000).waitUntilClosed()
            #expect(large.failure?.error == "States.DataLimitExceeded")
            let long = try await engine.start("m", input: 0).waitUntilClosed()
            #expect(long.failure?.error?.utf16.count == 256)
            #expect(long.failure?.cause?.utf16.count == 32_768)
            #expect(try await engine.start("m", input: 2).result(as: String.self) == "xx")
            worker.cancel()
            try await worker.value
        }
    }

    @Test("names of the library can be told from a service's own")
    func qualifiedNames() {
        enum Execution { case mine }
        let theirs = ObjectIdentifier(Stepwell.Execution.self)
        #expect(theirs != ObjectIdentifier(Execution.self))
    }
}
