import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@testable import StepwellTriggers

/// Routes and keys as they are kept.
struct RouteBookTests {
    private static let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:m"

    private func keeper(
        _ store: SimulatedTriggerStore,
        clock: VirtualClock = VirtualClock(skips: false)
    ) throws -> RouteKeeper {
        let book = RouteBook(clock: clock)
        let ledger = try TriggerLedger(store: store, components: [book], logger: .silent)
        ledger.start()
        return RouteKeeper(book, ledger: ledger, clock: clock, entropy: SeededEntropy(seed: 1))
    }

    private func definition(
        _ route: String,
        _ members: [(String, JSONValue)] = []
    ) throws -> RouteDefinition {
        var json: JSONObject = ["Route": .string(route), "StateMachineArn": .string(Self.machine)]
        for (key, value) in members { json[key] = value }
        return try RouteDefinition(json)
    }

    @Test("a route is there after a restart, as it was")
    func restart() async throws {
        let store = SimulatedTriggerStore()
        let keeper = try keeper(store)
        let key = try await keeper.createKey("partner", rate: nil)
        let members: [(String, JSONValue)] = [
            ("ApiKeys", ["partner"]), ("Request", ["Input": "{% $request.body %}"]),
            ("Response", ["StatusCode": 201, "Headers": ["Location": "/o/${request.path.id}"]]),
            ("Cors", ["AllowOrigins": ["https://a.example"], "MaxAge": 60]),
            ("Throttle", ["Rate": 2, "Burst": 3]),
        ]
        let route = try await keeper.put("orders", definition("POST /o/{id}", members))
        let next = try self.keeper(store.image())
        #expect(next.book.route("orders") == route)
        #expect(next.book.name(ofKey: key) == "partner")
        #expect(next.book.name(ofKey: key + "x") == nil)
        let match = try #require(next.book.match("POST", path: "/o/7"))
        #expect(match.parameters.map(\.value) == ["7"])
        #expect(match.route.definition.authorization == .apiKey)
        // The key itself is nowhere.
        for row in try store.allRows(of: .apiKey) {
            #expect(!String(decoding: row.value, as: UTF8.self).contains(key))
        }
        try await keeper.delete("orders")
        #expect(keeper.book.match("POST", path: "/o/7") == nil)
        #expect(try self.keeper(store.image()).book.routes.isEmpty)
    }

    @Test("what cannot be is refused, and changes nothing")
    func refusals() async throws {
        let store = SimulatedTriggerStore()
        let keeper = try keeper(store)
        _ = try await keeper.put("a", definition("GET /o/{id}"))
        let cases: [(String, JSONObject)] = [
            ("b", ["Route": "GET /o/{x}", "StateMachineArn": .string(Self.machine)]),
            ("b c", ["Route": "GET /p", "StateMachineArn": .string(Self.machine)]),
            (
                "b",
                [
                    "Route": "GET /p", "StateMachineArn": .string(Self.machine),
                    "ApiKeys": ["nobody"],
                ]
            ),
        ]
        for (name, json) in cases {
            let error = await #expect(throws: ServiceError.self) {
                try await keeper.put(name, RouteDefinition(json))
            }
            #expect(error?.code == "ValidationException")
        }
        #expect(keeper.book.routes.map(\.name) == ["a"])
        #expect(try store.allRows(of: .route).count == 1)
        store.failCommit(1, with: .failed)
        await #expect(throws: ServiceError.self) {
            try await keeper.put("c", definition("GET /c"))
        }
        #expect(keeper.book.match("GET", path: "/c") == nil)
    }

    @Test("a change compiles what it changes, however many routes there are")
    func work() async throws {
        let store = SimulatedTriggerStore()
        let keeper = try keeper(store)
        let file = try (0..<50).map { ("f\($0)", try definition("GET /f/\($0)")) }
        let defined = Dictionary(uniqueKeysWithValues: file)
        try await keeper.apply(routes: defined, keys: ["k": ("secret", nil)])
        for number in 0..<50 {
            _ = try await keeper.put("r\(number)", definition("GET /r/\(number)/{id}"))
        }
        #expect(keeper.book.compilations == 100)
        // Said again, or otherwise than what it answers by; and what is no route's.
        _ = try await keeper.put("r7", definition("GET /r/7/{id}"))
        try await keeper.apply(routes: defined, keys: ["k": ("other", nil)])
        _ = try await keeper.createKey("partner", rate: nil)
        try await keeper.deleteKey("partner")
        try await keeper.delete("r8")
        #expect(keeper.book.compilations == 100)
        _ = try await keeper.put("r7", definition("PUT /r/7/{id}"))
        #expect(keeper.book.compilations == 101)
        #expect(keeper.book.match("GET", path: "/r/7/x") == nil)
        #expect(keeper.book.match("PUT", path: "/r/7/x")?.route.name == "r7")
        #expect(keeper.book.match("GET", path: "/r/8/x") == nil)
        #expect(keeper.book.name(ofKey: "secret") == nil)
        #expect(keeper.book.name(ofKey: "other") == "k")
        let disabled = try definition("PUT /r/7/{id}", [("State", "DISABLED")])
        _ = try await keeper.put("r7", disabled)
        #expect(keeper.book.match("PUT", path: "/r/7/x") == nil)
        _ = try await keeper.put("other", definition("PUT /r/7/{id}"))
        await #expect(throws: ServiceError.self) {
            try await keeper.put("r7", definition("PUT /r/7/{id}"))
        }
        #expect(try self.keeper(store.image()).book.routes == keeper.book.routes)
    }

    @Test("routes that change places take them all or none")
    func places() async throws {
        let keeper = try keeper(SimulatedTriggerStore())
        func found(_ path: String) -> String? {
            keeper.book.match("GET", path: path)?.route.name
        }
        try await keeper.apply(
            routes: ["a": definition("GET /a"), "b": definition("GET /b")],
            keys: [:]
        )
        _ = try await keeper.put("mine", definition("GET /mine"))
        let error = await #expect(throws: ServiceError.self) {
            try await keeper.apply(
                routes: [
                    "a": definition("GET /b"), "b": definition("GET /a"),
                    "c": definition("GET /mine"),
                ],
                keys: [:]
            )
        }
        #expect(
            error?.message
                == "The route c: 'GET /mine' takes the same requests as 'GET /mine'."
        )
        #expect([found("/a"), found("/b"), found("/mine")] == ["a", "b", "mine"])
        try await keeper.apply(
            routes: ["a": definition("GET /b"), "b": definition("GET /a")],
            keys: [:]
        )
        #expect([found("/a"), found("/b"), found("/mine")] == ["b", "a", "mine"])
    }

    @Test("a key is of one name")
    func keysOnce() async throws {
        let keeper = try keeper(SimulatedTriggerStore())
        let error = await #expect(throws: ServiceError.self) {
            try await keeper.apply(routes: [:], keys: ["a": ("same", nil), "b": ("same", nil)])
        }
        #expect(error?.message == "The keys a and b are the same.")
        try await keeper.apply(routes: [:], keys: ["a": ("one", nil), "b": ("two", nil)])
        try await keeper.apply(routes: [:], keys: ["a": ("two", nil), "b": ("one", nil)])
        #expect(keeper.book.name(ofKey: "one") == "b")
        try await keeper.apply(routes: [:], keys: ["c": ("one", nil)])
        #expect(keeper.book.name(ofKey: "one") == "c")
        #expect(keeper.book.name(ofKey: "two") == nil)
    }

    @Test(
        "what is no definition",
        arguments: [
            ["Route": "GET /a"],
            ["Route": "GET /a", "StateMachineArn": "m", "Action": "StopExecution"],
            ["Route": "GET /a", "StateMachineArn": "m", "Action": "SendTaskSuccess"],
            ["Route": "GET /a", "StateMachineArn": "m", "Request": ["Imput": 1]],
            ["Route": "GET /a", "StateMachineArn": "m", "Response": ["Status": 1]],
            ["Route": "GET /a", "StateMachineArn": "m", "Authorization": "NONE", "ApiKeys": ["a"]],
            ["Route": "GET /a", "StateMachineArn": "m", "Throttle": ["Rate": 0]],
            ["Route": "GET /a", "StateMachineArn": "m", "TimeoutSeconds": 301],
            ["Route": "GET /a", "StateMachineArn": "m", "Colour": "red"],
            [
                "Route": "GET /a", "StateMachineArn": "m",
                "Cors": ["AllowOrigins": ["*"], "AllowCredentials": true],
            ],
        ] as [JSONObject]
    )
    func definitions(json: JSONObject) {
        #expect(throws: RouteProblem.self) { try RouteDefinition(json) }
    }

    @Test("header fields that say how a message is sent are not a route's")
    func headers() throws {
        for name in ["Content-Length", "Transfer-Encoding", "a b", "a:b", "", "Connection"] {
            #expect(throws: RouteProblem.self) {
                try CompiledRoute(
                    "r",
                    definition("GET /a", [("Response", ["Headers": .object([name: "x"])])])
                )
            }
        }
    }

    @Test("keys and routes have their rates")
    func rates() async throws {
        let clock = VirtualClock(skips: false)
        let keeper = try keeper(SimulatedTriggerStore(), clock: clock)
        let rate = try #require(RouteRate(["Rate": 1, "Burst": 2]))
        _ = try await keeper.createKey("k", rate: rate)
        _ = try await keeper.put("a", definition("GET /a", [("ApiKeys", ["k"])]))
        let route = try #require(keeper.book.match("GET", path: "/a")).route
        #expect((0..<3).map { _ in keeper.book.admit(route, key: "k") } == [true, true, false])
        clock.advance(by: .seconds(1))
        #expect((0..<2).map { _ in keeper.book.admit(route, key: "k") } == [true, false])
    }

    @Test("what a configuration file defines is the file's")
    func file() async throws {
        let store = SimulatedTriggerStore()
        let keeper = try keeper(store)
        _ = try await keeper.put("mine", definition("GET /mine"))
        let keyed = try definition("GET /a", [("ApiKeys", ["k"])])
        try await keeper.apply(
            routes: ["a": keyed, "b": definition("GET /b")],
            keys: ["k": ("secret", nil)]
        )
        #expect(keeper.book.name(ofKey: "secret") == "k")
        await #expect(throws: ServiceError.self) { try await keeper.delete("a") }
        await #expect(throws: ServiceError.self) { try await keeper.put("a", keyed) }
        await #expect(throws: ServiceError.self) { try await keeper.deleteKey("k") }
        // One that is not valid leaves all as they were.
        await #expect(throws: ServiceError.self) {
            try await keeper.apply(routes: ["a": keyed], keys: [:])
        }
        #expect(keeper.book.routes.map(\.name) == ["a", "b", "mine"])
        try await keeper.apply(routes: ["b": definition("GET /b")], keys: [:])
        #expect(keeper.book.routes.map(\.name) == ["b", "mine"])
        #expect(keeper.book.keys.isEmpty)
        #expect(try self.keeper(store.image()).book.routes == keeper.book.routes)
    }
}
