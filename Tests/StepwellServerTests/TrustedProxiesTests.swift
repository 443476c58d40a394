import Synchronization
import Testing

@testable import StepwellServer

@Suite("Proxies that are trusted")
struct TrustedProxiesTests {
    private func client(
        _ forwarded: String,
        from peer: String = "10.0.0.1",
        trusting proxies: [String] = ["10.0.0.0/8", "::1"]
    ) throws -> String? {
        try TrustedProxies(proxies).client([forwarded], from: peer)
    }

    @Test("The client is the last address that is no proxy's")
    func chain() throws {
        #expect(try client("192.0.2.7") == "192.0.2.7")
        #expect(try client("1.1.1.1, 192.0.2.7,10.2.3.4") == "192.0.2.7")
        #expect(try client("10.9.9.9, 10.2.3.4") == "10.9.9.9")
        #expect(try client("192.0.2.7:5000") == "192.0.2.7")
        #expect(try client("[2001:db8::1]:80, 10.0.0.2") == "2001:db8::1")
        #expect(try client("2001:db8::2", from: "::1") == "2001:db8::2")
        #expect(try client("192.0.2.7", from: "::ffff:10.0.0.1") == "192.0.2.7")
        #expect(try client("192.0.2.7, unknown, 10.0.0.2") == "10.0.0.2")
        #expect(try client("unknown") == nil)
    }

    @Test("Others are not believed")
    func strangers() throws {
        #expect(try client("192.0.2.7", from: "11.0.0.1") == nil)
        #expect(try client("192.0.2.7", from: "::2") == nil)
        #expect(try client("192.0.2.7", trusting: []) == nil)
    }

    @Test(
        "What is no address is refused",
        arguments: ["proxy", "10.0.0.0/33", "10.0.0/8", "", "/"]
    )
    func wrong(text: String) {
        #expect(throws: TrustedProxiesError.self) { try TrustedProxies([text]) }
    }

    @Test("What a proxy says of a request is the request's")
    func told() async throws {
        let seen = Mutex<ServiceRequest?>(nil)
        let proxies = try TrustedProxies(["127.0.0.0/8"])
        let fields =
            "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: states.example.org\r\n"
        let statuses = try await withServer(
            {
                $0.proxies = proxies
                $0.hosts = .loopback(and: ["states.example.org"])
            },
            respond: { request in
                seen.withLock { $0 = request }
                return ServiceResponse(json: request.body)
            }
        ) { port in
            let connection = try RawConnection(port: port)
            let text = request(extra: fields).replacing("Host: x", with: "Host: localhost")
            try connection.send(text)
            try connection.send(text.replacing("states.example.org", with: "evil.example"))
            return try await connection.responses(2).map(\.status)
        }
        #expect(statuses == [200, 403])
        let first = try #require(seen.withLock { $0 })
        #expect(first.peer == "192.0.2.7")
        #expect(first.proxy == "127.0.0.1")
        #expect(first.isSecure)
        #expect(first.hosts == ["localhost", "states.example.org"])
    }
}
