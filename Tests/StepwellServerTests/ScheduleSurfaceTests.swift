import Logging
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import StepwellTriggers
import Testing

@testable import StepwellServer

/// The wire of EventBridge Scheduler, and the operations on routes.
@Suite("Schedules and routes over HTTP")
struct ScheduleSurfaceTests {
    private static let arn = "arn:aws:states:us-east-1:000000000000:stateMachine:m"

    /// A router with both surfaces over a simulated store.
    private func run(_ body: (Router) async throws -> Void) async throws {
        try await RouterHarness.run { plain in
            let (store, clock) = (SimulatedTriggerStore(), VirtualClock(skips: false))
            let (bell, book) = (ScheduleBell(), RouteBook(clock: clock))
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let ledger = try TriggerLedger(store: store, components: [bell, book], logger: logger)
            ledger.start()
            let entropy = SeededEntropy(seed: 1)
            let scheduler = Scheduler(
                ledger: ledger,
                store: store,
                bell: bell,
                rules: ScheduleRules(region: "us-east-1", account: "000000000000"),
                clock: clock,
                entropy: entropy,
                logger: logger
            )
            let keeper = RouteKeeper(book, ledger: ledger, clock: clock, entropy: entropy)
            let tokens = PageTokens(storeID: [1], clock: clock)
            let surfaces: [any ServedSurface] = [
                SchedulerSurface(scheduler, tokens: tokens),
                RouteAdministration(keeper, zones: ZoneLibrary(), clock: clock),
                RouteSurface(book, engine: plain.engine, entropy: entropy),
            ]
            try await body(Router(engine: plain.engine, surfaces: surfaces))
            await ledger.close()
        }
    }

    private func ask(
        _ router: Router,
        _ method: String,
        _ uri: String,
        _ body: JSONValue? = nil,
        target: String? = nil
    ) async throws -> (status: Int, members: JSONValue, headers: [String: String]) {
        let response = await router.respond(
            to: ServiceRequest(
                method: method,
                uri: uri,
                target: target,
                body: body.map { JSONWriter.write($0) } ?? []
            )
        )
        let members = response.body.isEmpty ? .null : try JSONParser.parse(response.body)
        return (response.status, members, Dictionary(response.headers) { $1 })
    }

    private func schedule(_ expression: JSONValue) -> JSONValue {
        [
            "ScheduleExpression": expression, "FlexibleTimeWindow": ["Mode": "OFF"],
            "Target": ["Arn": .string(Self.arn), "RoleArn": "arn:aws:iam::000000000000:role/r"],
        ]
    }

    @Test("Statuses and errors are those of the service model")
    func statuses() async throws {
        try await run { router in
            let created = try await ask(router, "POST", "/schedules/s", schedule("rate(1 day)"))
            #expect(created.status == 200)
            let cases: [(String, String, JSONValue?, Int, String)] = [
                ("POST", "/schedules/s", schedule("rate(1 day)"), 409, "ConflictException"),
                ("POST", "/schedules/t", schedule("rate(1)"), 400, "ValidationException"),
                ("POST", "/schedules/t", schedule(1), 400, "SerializationException"),
                ("POST", "/schedules/t", [1], 400, "SerializationException"),
                ("POST", "/schedules/a%20b", schedule("rate(1 day)"), 400, "ValidationException"),
                ("GET", "/schedules/t", nil, 404, "ResourceNotFoundException"),
                ("GET", "/schedules?MaxResults=x", nil, 400, "SerializationException"),
                ("GET", "/schedules?MaxResults=101", nil, 400, "ValidationException"),
                ("GET", "/schedules?Colour=red", nil, 400, "ValidationException"),
                ("PATCH", "/schedules/s", nil, 404, "UnknownOperationException"),
                ("GET", "/tags/x", nil, 400, "ValidationException"),
            ]
            for (method, uri, body, status, code) in cases {
                let answer = try await ask(router, method, uri, body)
                #expect(answer.status == status, "\(method) \(uri)")
                #expect(answer.headers["x-amzn-ErrorType"] == code, "\(method) \(uri)")
                #expect(answer.members["Message"]?.stringValue?.isEmpty == false)
            }
            let listed = try await ask(router, "GET", "/schedules?MaxResults=1")
            #expect(listed.members["Schedules"]?[0]?["Name"] == "s")
        }
    }

    @Test("The console asks with a target, and all members in the body")
    func calls() async throws {
        try await run { router in
            guard case .object(var members) = schedule("cron(0 0 * * ? *)") else { return }
            members["Name"] = "s"
            let created = try await ask(
                router,
                "POST",
                "/",
                .object(members),
                target: "AWSScheduler.CreateSchedule"
            )
            #expect(created.members["ScheduleArn"] != nil)
            let found = try await ask(
                router,
                "POST",
                "/",
                ["Name": "s"],
                target: "AWSScheduler.GetSchedule"
            )
            #expect(found.members["NextInvocationDate"] == 1_767_312_000)
            let unknown = try await ask(router, "POST", "/", [:], target: "AWSScheduler.Nothing")
            #expect(unknown.status == 400)
            let times = try await ask(
                router,
                "POST",
                "/",
                ["ScheduleExpression": "rate(1 hour)", "MaxResults": 2],
                target: "StepwellTriggers.ListNextInvocations"
            )
            #expect(times.members["Invocations"]?[0]?["Time"] == "2026-01-01T01:00:00Z")
            #expect(times.members["Invocations"]?[2] == nil)
        }
    }

    @Test("Who may use what")
    func authentication() async throws {
        let clock = VirtualClock(skips: false)
        let book = RouteBook(clock: clock)
        let store = SimulatedTriggerStore()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let ledger = try TriggerLedger(store: store, components: [book], logger: logger)
        ledger.start()
        let keeper = RouteKeeper(
            book,
            ledger: ledger,
            clock: clock,
            entropy: SeededEntropy(seed: 1)
        )
        for (name, authorization) in [("open", "NONE"), ("signed", "AWS_IAM")] {
            let definition = try RouteDefinition([
                "Route": .string("POST /\(name)"), "StateMachineArn": .string(Self.arn),
                "Authorization": .string(authorization),
            ])
            _ = try await keeper.put(name, definition)
        }
        try await RouterHarness.run { plain in
            let surface = RouteSurface(
                book,
                engine: plain.engine,
                entropy: SeededEntropy(seed: 1)
            )
            func kind(_ method: String, _ uri: String) -> SurfaceAuthentication? {
                surface.authentication(of: ServiceRequest(method: method, uri: uri))
            }
            #expect(kind("POST", "/open?x=1") == .own)
            #expect(kind("POST", "/signed") == .signature(service: "execute-api"))
            #expect(kind("GET", "/signed") == .own)
            #expect(kind("POST", "/elsewhere") == nil)
            let refused = try await surface.respond(
                to: ServiceRequest(method: "GET", uri: "/signed")
            )
            #expect(refused?.status == 405)
        }
        await ledger.close()
    }
}
