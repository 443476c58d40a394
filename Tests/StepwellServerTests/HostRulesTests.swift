import Testing

@testable import StepwellServer

@Suite("Hosts and origins", .serialized)
struct HostRulesTests {
    /// What a server with these rules says to a request with these header fields.
    private func statuses(_ rules: HostRules, _ fields: [String]) async throws -> [Int] {
        try await withServer({ $0.hosts = rules }, respond: echo) { port in
            var statuses: [Int] = []
            for field in fields {
                let connection = try RawConnection(port: port)
                try connection.send("POST / HTTP/1.1\r\n\(field)Content-Length: 2\r\n\r\n{}")
                statuses.append(try await connection.responses(1).first?.status ?? 0)
            }
            return statuses
        }
    }

    @Test("An anonymous server on loopback answers to loopback's names and those it is given")
    func hosts() async throws {
        let rules = HostRules.loopback(and: ["States.Example.org"])
        let own = [
            "localhost", "LOCALHOST:8083", "127.0.0.1", "127.9.8.7:1", "[::1]", "[::1]:8083",
            "localhost.", "sync-localhost:8083", "states.example.org", "sync-states.example.org:9",
        ].map { "Host: \($0)\r\n" }
        #expect(try await statuses(rules, own) == own.map { _ in 200 })
        let others = [
            "evil.example", "evil.example:8083", "localhost.evil.example", "127.0.0.1.evil.example",
            "10.0.0.1", "[::2]", "", "sync-evil.example", "128.0.0.1", "127.0.0",
        ].map { "Host: \($0)\r\n" }
        #expect(try await statuses(rules, others) == others.map { _ in 403 })
    }

    @Test("A page of another origin may not ask, one of the server's own may")
    func origins() async throws {
        for rules in [HostRules.loopback(and: []), .anonymous([])] {
            let host = "Host: localhost:8083\r\n"
            let fields = [
                "\(host)Origin: http://localhost:8083\r\n",
                "\(host)Origin: https://LOCALHOST:8083\r\n",
                "\(host)Origin: http://localhost:3000\r\n",
                "\(host)Origin: http://evil.example\r\n",
                "\(host)Origin: null\r\n",
            ]
            #expect(try await statuses(rules, fields) == [200, 200, 403, 403, 403])
        }
    }

    @Test("A page of another origin may ask for what says so")
    func allowedPages() async throws {
        var rules = HostRules.loopback(and: [])
        rules.allowsPage = { origin, method, uri in
            origin == "https://shop.example" && method == "POST" && uri == "/"
        }
        let fields = [
            "Host: localhost\r\nOrigin: https://shop.example\r\n",
            "Host: localhost\r\nOrigin: https://evil.example\r\n",
            "Host: evil.example\r\nOrigin: https://shop.example\r\n",
        ]
        #expect(try await statuses(rules, fields) == [200, 403, 403])
    }

    @Test("A request with no host or two is malformed, whoever may ask")
    func count() async throws {
        let fields = ["", "Host: x\r\nHost: x\r\n", "Host: x\r\nOrigin: http://y\r\n"]
        #expect(try await statuses(.any, fields) == [400, 400, 200])
    }

    @Test("The host of a target in absolute form counts too; HTTP/1.0 needs none")
    func targets() async throws {
        let rules: (inout ServerConfiguration) -> Void = { $0.hosts = .loopback(and: []) }
        try await withServer(rules, respond: echo) { port in
            for (text, status) in [
                ("POST http://evil.example/ HTTP/1.1\r\nHost: localhost", 403),
                ("POST http://localhost:1/ HTTP/1.1\r\nHost: localhost", 200),
                ("POST / HTTP/1.0", 200),
            ] {
                let connection = try RawConnection(port: port)
                try connection.send("\(text)\r\nContent-Length: 2\r\n\r\n{}")
                #expect(try await connection.responses(1).first?.status == status)
            }
        }
    }

    @Test("The answer says what would let the host in, and the connection is still good")
    func advice() async throws {
        let rules: (inout ServerConfiguration) -> Void = { $0.hosts = .loopback(and: []) }
        try await withServer(rules, respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request())
            let refused = try #require(try await connection.responses(1).first)
            #expect(refused.body.contains("--allow-host x"))
            try connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try await connection.responses(1).first?.status == 200)
        }
    }
}
