import Foundation
import Stepwell
import StepwellConsole
import StepwellServer
import StepwellTesting
import Testing

/// The API and the console in front of an engine that the process has.
@Suite("Embedded server", .timeLimit(.minutes(5)))
struct WorkflowServerTests {
    private static let definition = """
        {"StartAt":"Greet","States":{"Greet":{"Type":"Task","Resource":"greet","End":true}}}
        """

    /// Runs a server for an engine with a handler, for the length of a test.
    private func serving(
        _ configure: @Sendable (inout WorkflowServer.Configuration) -> Void = { _ in },
        _ body: @escaping @Sendable (WorkflowEngine, Int) async throws -> Void
    ) async throws {
        let engine = try await WorkflowEngine.open(in: MemoryStore()) {
            $0.handle("greet") { (name: String) in "hello \(name)" }
        }
        try await engine.createStateMachine("hello", definition: .json(Self.definition))
        let server = try WorkflowServer(for: engine) {
            $0.port = 0
            configure(&$0)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            try await body(engine, server.port)
        }
        await engine.shutdown()
    }

    private func answer(_ text: String, _ port: Int) async throws -> RawResponse {
        let connection = try await connection(to: port)
        try connection.send(text)
        return try #require(try await connection.responses(1).first)
    }

    /// A connection, as soon as the server listens.
    private func connection(to port: Int) async throws -> RawConnection {
        for _ in 0..<1_000 {
            if let connection = try? RawConnection(port: port) { return connection }
            await Task.yield()
        }
        return try RawConnection(port: port)
    }

    private func call(_ operation: String, _ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSStepFunctions.\(operation)\r\n"
            + "Content-Type: application/x-amz-json-1.0\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("what a proxy says counts when it is trusted; what cannot be used is refused")
    func network() async throws {
        let log = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: log) }
        try await serving({
            $0.trustedProxies = ["127.0.0.0/8"]
            $0.accessLogFile = log.path
        }) { engine, port in
            let text = "Host: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n"
            let named = try await answer("GET /health HTTP/1.1\r\n" + text, port)
            let unnamed = try await answer("GET /health HTTP/1.1\r\n\r\n", port)
            #expect(named.status == 200)
            #expect(unnamed.status == 400)
            #expect(throws: WorkflowServerError.self) {
                try WorkflowServer(for: engine) { $0.trustedProxies = ["proxy"] }
            }
            #expect(throws: WorkflowServerError.self) {
                try WorkflowServer(for: engine) {
                    $0.port = 0
                    $0.tls = .init(certificateFile: "/dev/null", keyFile: "/dev/null")
                }
            }
        }
        let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.first?.contains(#""client":"192.0.2.7","proxy":"127.0.0.1""#) == true)
        #expect(lines.last?.contains(#""status":400"#) == true)
    }

    @Test("an execution that the API starts is done by the service's handler")
    func api() async throws {
        try await serving { engine, port in
            let machine = try await engine.describeStateMachine("hello").arn
            let body = """
                {"stateMachineArn":"\(machine)","name":"a","input":"\\"you\\""}
                """
            let started = try await answer(call("StartExecution", body), port)
            #expect(started.status == 200)
            let execution = engine.execution("a", of: "hello")
            #expect(try await execution.result(as: String.self) == "hello you")
            let described = try await answer(
                call("DescribeExecution", "{\"executionArn\":\"\(execution.arn)\"}"),
                port
            )
            #expect(described.body.contains("SUCCEEDED"))
            #expect(throws: WorkflowServerError.self) {
                try WorkflowServer(for: engine) { $0.port = port }
            }
        }
    }

    @Test("the console is answered where it is asked for")
    func console() async throws {
        let page = "GET /console/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
        try await serving { _, port in
            let found = try await answer(page, port)
            #expect(found.status == 404)
        }
        try await serving({ $0.serveConsole() }) { _, port in
            let found = try await answer(page, port)
            #expect(found.status == 200)
            #expect(found.body.contains("<html"))
        }
    }

    @Test("with access keys only signed requests are answered")
    func keys() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/stepwell-\(UUID()).ini"
        try "[a]\naws_access_key_id = K\naws_secret_access_key = S\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let own = [FileAttributeKey.posixPermissions: 0o600]
        try FileManager.default.setAttributes(own, ofItemAtPath: path)
        try await serving({ $0.credentialsFile = path }) { _, port in
            let refused = try await answer(call("ListStateMachines", "{}"), port)
            #expect(refused.status == 400)
            let text = refused.body
            #expect(text.contains("MissingAuthenticationToken"))
        }
    }

    @Test("members that are not known are ignored, unless they are to be refused")
    func unknownMembers() async throws {
        for (refuses, status) in [(false, 200), (true, 400)] {
            try await serving({ $0.refusesUnknownMembers = refuses }) { _, port in
                let found = try await answer(call("ListStateMachines", #"{"ahead":1}"#), port)
                #expect(found.status == status)
            }
        }
    }

    @Test("every server that asks for a free port has one of its own")
    func ports() async throws {
        let engine = try await WorkflowEngine.open(in: MemoryStore())
        let servers = try (0..<100).map { _ in
            try WorkflowServer(for: engine) { $0.port = 0 }
        }
        #expect(Set(servers.map(\.port)).count == servers.count)
        await engine.shutdown()
    }

    @Test("an address that anybody could reach is refused, unless it is asked for")
    func refusals() async throws {
        let engine = try await WorkflowEngine.open(in: MemoryStore())
        #expect(throws: WorkflowServerError.self) {
            try WorkflowServer(for: engine) { $0.host = "0.0.0.0" }
        }
        let open = try WorkflowServer(for: engine) {
            $0.host = "0.0.0.0"
            $0.port = 0
            $0.allowsAnonymous = true
        }
        #expect(open.url == "http://0.0.0.0:\(open.port)")
        await engine.shutdown()
    }
}
