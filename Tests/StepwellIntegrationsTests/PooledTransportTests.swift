import StepwellIntegrations
import Testing

@Suite("The pooled transport", .timeLimit(.minutes(2)))
struct PooledTransportTests {
    @Test("Says what is wrong with a URL, and that nobody answers")
    func faults() async throws {
        let transport = PooledTransport()
        await #expect(throws: TransportFault.url("the URL has no scheme")) {
            try await transport.send(OutgoingRequest(method: "GET", url: "nowhere"))
        }
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.send(OutgoingRequest(method: "GET", url: "http://127.0.0.1:1/"))
        }
        guard case .connection = fault else { Issue.record("\(fault as Any)"); return }
        try await transport.shutdown()
    }

    @Test(
        "What the rules cannot judge is not sent",
        arguments: [
            "http+unix://%2Ftmp%2Fsocket/", "unix:///tmp/socket", "ftp://127.0.0.1/",
            "http://user@127.0.0.1:1/", "http://127.0.0.1%2F.example.com:1/",
        ]
    )
    func unreadable(url: String) async throws {
        let transport = PooledTransport()
        let fault = await #expect(throws: TransportFault.self) {
            try await transport.send(OutgoingRequest(method: "GET", url: url))
        }
        guard case .url? = fault else { Issue.record("\(fault as Any)"); return }
        try await transport.shutdown()
    }

    @Test("The time of an exchange is that of its answer's body too")
    func slowBody() async throws {
        let listener = try TalkingListener(
            saying: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
        )
        let transport = PooledTransport()
        let request = OutgoingRequest(
            method: "GET",
            url: "http://127.0.0.1:\(listener.port)/",
            timeout: .milliseconds(100)
        )
        await #expect(throws: TransportFault.timeout) { try await transport.send(request) }
        let task = Task {
            var endless = request
            endless.timeout = .seconds(100_000)
            return try await transport.send(endless)
        }
        while listener.connections < 2 { await Task.yield() }
        task.cancel()
        await #expect(throws: TransportFault.cancelled) { try await task.value }
        try await transport.shutdown()
    }

    @Test("Calls that are not answered leave others of the same host their connections")
    func manyConnections() async throws {
        let listener = try TalkingListener(saying: "")
        let transport = PooledTransport()
        let request = OutgoingRequest(
            method: "GET",
            url: "http://127.0.0.1:\(listener.port)/",
            timeout: .seconds(100_000)
        )
        let calls = (0..<40).map { _ in Task { try await transport.send(request) } }
        while listener.connections < calls.count { await Task.yield() }
        for call in calls { call.cancel() }
        for call in calls {
            await #expect(throws: TransportFault.cancelled) { try await call.value }
        }
        try await transport.shutdown()
    }
}
