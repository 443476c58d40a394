import Foundation
import Logging
import ServiceLifecycle
import Stepwell
import StepwellTesting
import Synchronization
import Testing

private struct Order: Codable, Sendable, Equatable {
    var id: String
    var cents: Int
    var placed: Date
}

private struct Ask: Codable, Sendable {
    var id: String
}

private struct Receipt: Codable, Sendable, Equatable {
    var charged: Int
}

/// What a service keeps in its database: a service itself, which works once its group runs it.
private final class Database: Service {
    struct NotRunning: Error {}

    private struct State: Sendable {
        var isRunning = false
        var charges: [String: Int] = [:]
        var tokens: [String: String] = [:]
        var mails: [String] = []
        var statuses: [String] = []
        var place: ExecutionStatusChanges.Place?
    }

    private let state = Mutex(State())
    private let (tokens, token) = AsyncStream<String>.makeStream()

    func run() async throws {
        state.withLock { $0.isRunning = true }
        try await gracefulShutdown()
    }

    func charge(_ order: Order, key: String) throws -> Receipt {
        try state.withLock { state in
            guard state.isRunning else { throw NotRunning() }
            if state.charges[key] == nil { state.charges[key] = order.cents }
            return Receipt(charged: order.cents)
        }
    }

    func save(_ token: String, for id: String) throws {
        try state.withLock { state in
            guard state.isRunning else { throw NotRunning() }
            state.tokens[id] = token
        }
        self.token.yield(token)
    }

    func send(_ mail: String) { state.withLock { $0.mails.append(mail) } }

    func upsert(_ name: String, _ status: ExecutionStatus, at place: ExecutionStatusChanges.Place) {
        state.withLock { state in
            state.statuses.append("\(name) \(status.rawValue)")
            state.place = place
        }
    }

    var mails: [String] { state.withLock { $0.mails } }
    var charges: [Int] { state.withLock { Array($0.charges.values) } }
    var statuses: [String] { state.withLock { $0.statuses } }
    var place: ExecutionStatusChanges.Place? { state.withLock { $0.place } }

    /// The next token that is saved.
    func nextToken() async -> String? {
        for await token in tokens { return token }
        return nil
    }
}

/// What the page of an order shows.
private struct View: Sendable, Equatable {
    var since: Date
    var state: String?
}

/// Three programs as the developers of services write them: a service, its tests, and what looks at
/// all of its executions.
@Suite("Services", .timeLimit(.minutes(10)))
struct ServiceSnippetTests {
    private static let definition = """
        {"StartAt": "Approve", "States": {
         "Approve": {"Type": "Task", "Resource": "approve.waitForTaskToken", "ResultPath": null,
          "Next": "Charge"},
         "Charge": {"Type": "Task", "Resource": "charge", "ResultPath": "$.receipt", "Next": "Mail",
          "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 60}]},
         "Mail": {"Type": "Task", "Resource": "mail", "InputPath": "$.id", "ResultPath": null,
          "Next": "Audit"},
         "Audit": {"Type": "Task", "Resource": "audit", "InputPath": "$.id", "ResultPath": null,
          "OutputPath": "$.receipt", "End": true}}}
        """
    private static let audit = #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#

    private let order = Order(
        id: "17",
        cents: 4_200,
        placed: Date(timeIntervalSince1970: 1_795_000_000.5)
    )

    /// The engine of the service, as it is opened there and in its tests.
    private func openEngine(at path: String, _ db: Database) async throws -> WorkflowEngine {
        let engine = try await WorkflowEngine.open(at: path) {
            $0.clock = VirtualClock()
            $0.handle("charge", maximumConcurrency: 4) { (order: Order, task) in
                try db.charge(order, key: task.idempotencyKey)
            }
            $0.handle("mail") { (id: String) in db.send(id) }
            $0.handleCallback("approve") { (ask: Ask, token, _) in
                try db.save(token, for: ask.id)
            }
            $0.handle("audit") { (id: String, task) in
                let audit = try await task.engine.startOrAttach("audit", name: id, input: id)
                return try await audit.result(as: String.self)
            }
        }
        try await engine.deployStateMachine("audit", definition: .json(Self.audit))
        try await engine.deployStateMachine("orders", definition: .json(Self.definition))
        return engine
    }

    @Test("a service: recovery waits for what handlers need, and its routes are short")
    func service() async throws {
        let directory = try TemporaryDirectory()
        // An earlier life took the order, and ended before anything was done.
        try await takeOrder(at: directory.path)

        let db = Database()
        let engine = try await openEngine(at: directory.path, db)
        let group = ServiceGroup(
            services: [db, engine],
            logger: Logger(label: "shop") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            // POST /orders, a second time
            let execution = try await engine.startOrAttach("orders", name: order.id, input: order)
            // The approval comes.
            let token = try #require(await db.nextToken())
            // GET /orders/17
            let found = try await engine.execution(order.id, of: "orders").describe()
            let view = View(since: found.startDate.date, state: found.currentState)
            #expect(view.state == "Approve")
            #expect(view.since <= .now)
            #expect(try found.input(as: Order.self) == order)
            // GET /health
            try await engine.checkReadiness()
            try await engine.sendTaskSuccess(token: token, output: true)
            #expect(try await execution.result(as: Receipt.self) == Receipt(charged: 4_200))
            await group.triggerGracefulShutdown()
            try await tasks.next()
        }
        #expect(db.charges == [4_200])
        #expect(db.mails == ["17"])
    }

    /// Starts the order in an engine that is never run.
    private func takeOrder(at path: String) async throws {
        let engine = try await openEngine(at: path, Database())
        #expect(engine.isSuspended)
        _ = try await engine.start("orders", name: order.id, input: order)
        await engine.shutdown()
    }

    @Test("a test of a handler alone, and of the workflow in no time")
    func tests() async throws {
        // The handler as a function of its input and a context of one's own.
        let retried = TaskContext(attempt: 2, token: "t")
        #expect(retried.attempt == 2 && retried.token == "t" && !retried.isRedelivery)
        #expect(throws: StepwellError.self) { try retried.engine }

        let directory = try TemporaryDirectory()
        let attempts = Mutex<[Int]>([])
        try await WorkflowEngine.withEngine(at: directory.path) {
            $0.clock = VirtualClock()
            $0.handleCallback("approve") { (_: Ask, token, task) in
                try await task.engine.sendTaskSuccess(token: token, output: true)
            }
            $0.handle("charge") { (order: Order, task) in
                attempts.withLock { $0.append(task.attempt) }
                if task.attempt == 1 { throw TaskError("Flaky") }
                return Receipt(charged: order.cents)
            }
            $0.handle("mail") { (_: String) in }
            $0.handle("audit") { (_: String) in }
        } operation: { engine in
            try await engine.deployStateMachine("orders", definition: .json(Self.definition))
            let receipt = try await engine.start("orders", input: order).result(as: Receipt.self)
            #expect(receipt == Receipt(charged: 4_200))
        }
        #expect(attempts.withLock { $0 } == [1, 2])
    }

    @Test("a projection that goes on where it was, and a job that looks at what failed")
    func projection() async throws {
        let directory = try TemporaryDirectory()
        let db = Database()
        try await WorkflowEngine.withEngine(at: directory.path) {
            $0.clock = VirtualClock(start: Timestamp(.now))
            $0.handle("charge") { (order: Order) in
                guard order.cents < 10_000 else { throw TaskError("CardDeclined") }
                return Receipt(charged: order.cents)
            }
        } operation: { engine in
            let start = try engine.statusChanges().start
            let definition = """
                {"StartAt": "Charge", "States": {
                 "Charge": {"Type": "Task", "Resource": "charge", "End": true}}}
                """
            try await engine.deployStateMachine("orders", definition: .json(definition))
            let large = Order(id: "18", cents: 20_000, placed: order.placed)
            for order in [order, large] {
                _ = try await engine.start("orders", name: order.id, input: order)
                    .waitUntilClosed()
            }
            var receipts: [Receipt] = []
            for try await change in try engine.statusChanges(after: start) {
                db.upsert(change.name, change.status, at: change.place)
                if let receipt = try change.output(as: Receipt.self) { receipts.append(receipt) }
                if change.failure != nil { break }
            }
            #expect(db.statuses == ["17 RUNNING", "17 SUCCEEDED", "18 RUNNING", "18 FAILED"])
            #expect(receipts == [Receipt(charged: 4_200)])
            // Nothing of it comes again.
            #expect(try engine.statusChanges(after: db.place).start == db.place)

            let yesterday = Timestamp(Date.now.addingTimeInterval(-86_400))
            var redriven: [String] = []
            for try await failed in engine.executions(
                of: "orders",
                status: .failed,
                since: yesterday
            ) {
                try await engine.execution(arn: failed.arn).redrive()
                redriven.append(failed.name)
            }
            #expect(redriven == ["18"])
        }
    }
}
