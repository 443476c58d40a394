import StepwellJSON
import Synchronization
import Testing

@testable import StepwellServer

@Suite("The HTTP server on a live socket", .serialized)
struct HTTPServerTests {
    @Test("A connection is kept, every answer has a request id of its own")
    func keepAlive() async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            var ids: Set<String> = []
            for number in 0..<3 {
                try connection.send(request(#"{"n":\#(number)}"#))
                let response = try #require(try await connection.responses(1).first)
                #expect(response.status == 200)
                #expect(response.body == #"{"n":\#(number)}"#)
                #expect(response.headers["content-type"] == "application/x-amz-json-1.0")
                ids.insert(try #require(response.headers["x-amzn-requestid"]))
            }
            #expect(ids.count == 3)
            #expect(ids.allSatisfy { $0.utf8.count == 36 && $0.split(separator: "-").count == 5 })
        }
    }

    @Test("The answer to HEAD has no body, and the next answer follows at once")
    func head() async throws {
        let same: RequestHandler = { _ in ServiceResponse(json: Array(#"{"b":1}"#.utf8)) }
        try await withServer(same) { port in
            let connection = try RawConnection(port: port)
            try connection.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + request())
            let parts = try await connection.text(until: #"{"b":1}"#).split(separator: "\r\n\r\n")
            #expect(parts.count == 3)
            #expect(parts.dropLast().allSatisfy { $0.hasPrefix("HTTP/1.1 200 OK\r\n") })
            #expect(parts.first?.contains("Content-Length: 7") == true)
        }
    }

    @Test("Pipelined requests are answered in their order")
    func pipelining() async throws {
        let answered = Atomic(0)
        let slowFirst: RequestHandler = { request in
            // The later a request came, the sooner it would be ready.
            let yields = 100 - answered.add(1, ordering: .relaxed).newValue
            for _ in 0..<yields { await Task.yield() }
            return ServiceResponse(json: request.body)
        }
        try await withServer(respond: slowFirst) { port in
            let connection = try RawConnection(port: port)
            try connection.send((0..<50).map { request("[\($0)]") }.joined())
            let bodies = try await connection.responses(50).map(\.body)
            #expect(bodies == (0..<50).map { "[\($0)]" })
        }
    }

    @Test(
        "An offer to go on in another protocol is passed over, and the connection ends",
        arguments: ["Upgrade, HTTP2-Settings", "keep-alive,UPGRADE"]
    )
    func upgrade(connection field: String) async throws {
        try await withServer(respond: echo) { port in
            let offer = "Connection: \(field)\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
            let connection = try RawConnection(port: port)
            try connection.send(request("[1]", extra: offer) + request("[2]"))
            let answers = try await connection.responses(2)
            #expect(answers.map(\.body) == ["[1]"])
            #expect(answers.first?.status == 200)
            #expect(answers.first?.headers["connection"] == "close")
            // Half an offer is none.
            let other = try RawConnection(port: port)
            try other.send(request("[1]", extra: "Upgrade: h2c\r\n") + request("[2]"))
            #expect(try await other.responses(2).map(\.body) == ["[1]", "[2]"])
        }
    }

    @Test("A body may come in pieces")
    func pieces() async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            for byte in request(#"{"text":"péché"}"#).utf8 { try connection.send([byte]) }
            #expect(try await connection.responses(1).first?.body == #"{"text":"péché"}"#)
        }
    }

    @Test("Expect: 100-continue is answered before the body")
    func continues() async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            let text = request(#"{"a":1}"#, extra: "Expect: 100-continue\r\n")
            try connection.send(String(text.dropLast(7)))
            #expect(try await connection.responses(1).first?.status == 100)
            try connection.send(String(text.suffix(7)))
            #expect(try await connection.responses(1).first?.body == #"{"a":1}"#)
        }
    }

    @Test("A body that is too large never reaches the router")
    func oversize() async throws {
        let reached = Atomic(0)
        let handler: RequestHandler = { request in
            reached.add(1, ordering: .relaxed)
            return ServiceResponse(json: request.body)
        }
        let small: (inout ServerConfiguration) -> Void = { $0.maximumBodyBytes = 1000 }
        try await withServer(small, respond: handler) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request(String(repeating: "x", count: 1001)))
            let refused = try #require(try await connection.responses(1).first)
            #expect(refused.status == 413)
            #expect(refused.body.contains(#""__type":"RequestEntityTooLarge""#))
            // The connection is still good, and the limit itself is within.
            try connection.send(request(String(repeating: "x", count: 1000)))
            #expect(try await connection.responses(1).first?.status == 200)
        }
        #expect(reached.load(ordering: .relaxed) == 1)
    }

    @Test("A chunked body is cut at the limit too")
    func oversizeChunked() async throws {
        try await withServer({ $0.maximumBodyBytes = 1000 }, respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<20 {
                try connection.send("64\r\n" + String(repeating: "y", count: 100) + "\r\n")
            }
            try connection.send("0\r\n\r\n")
            #expect(try await connection.responses(1).first?.status == 413)
        }
    }

    @Test("A body announced as huge is refused without reading it")
    func announcedHuge() async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
            let refused = try #require(try await connection.responses(1).first)
            #expect(refused.status == 413)
            #expect(refused.headers["connection"] == "close")
            #expect(try await connection.isClosed())
        }
    }

    @Test(
        "What is no HTTP is refused and the connection closed",
        arguments: ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nA B: c\r\n\r\n"]
    )
    func malformed(text: String) async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send(text)
            #expect(try await connection.responses(1).first?.status == 400)
            #expect(try await connection.isClosed())
        }
    }

    @Test("A header that never ends is refused")
    func endlessHeader() async throws {
        try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send("POST / HTTP/1.1\r\nHost: x\r\n")
            // The server may close while this is sent.
            for _ in 0..<40 {
                try? connection.send("X-Filler: " + String(repeating: "f", count: 4000) + "\r\n")
            }
            #expect(try await connection.isClosed())
        }
    }

    @Test("A client that sends no request, or half of one, is let go")
    func slowClients() async throws {
        let impatient: (inout ServerConfiguration) -> Void = {
            $0.idleMilliseconds = 50
            $0.bodyMilliseconds = 50
        }
        try await withServer(impatient, respond: echo) { port in
            let silent = try RawConnection(port: port)
            let slow = try RawConnection(port: port)
            try slow.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345")
            let halfHead = try RawConnection(port: port)
            try halfHead.send("POST / HTTP/1.1\r\nHos")
            #expect(try await silent.isClosed())
            #expect(try await slow.isClosed())
            #expect(try await halfHead.isClosed())
        }
    }

    @Test("Connections beyond the limit are told so")
    func connectionLimit() async throws {
        try await withServer({ $0.maximumConnections = 1 }, respond: echo) { port in
            let first = try RawConnection(port: port)
            try first.send(request())
            #expect(try await first.responses(1).first?.status == 200)
            let second = try RawConnection(port: port)
            let refused = try #require(try await second.responses(1).first)
            #expect(refused.status == 503)
            #expect(try await second.isClosed())
            try first.send(request())
            #expect(try await first.responses(1).first?.status == 200)
        }
    }

    @Test("A request whose client goes away is cancelled")
    func disconnect() async throws {
        let (events, continuation) = AsyncStream.makeStream(of: String.self)
        let waiting: RequestHandler = { request in
            continuation.yield("began")
            await withTaskCancellationHandler {
                try? await Task.sleep(for: .seconds(60))
            } onCancel: {
                continuation.yield("cancelled")
            }
            return ServiceResponse(json: request.body)
        }
        try await withServer(waiting) { port in
            var iterator = events.makeAsyncIterator()
            do {
                let connection = try RawConnection(port: port)
                try connection.send(request())
                #expect(await iterator.next() == "began")
            }
            #expect(await iterator.next() == "cancelled")
        }
    }
}

/// `withServer` with the handler in front.
private func withServer(
    _ handler: @escaping RequestHandler,
    _ body: @escaping @Sendable (Int) async throws -> Void
) async throws {
    try await withServer({ _ in }, respond: handler, body)
}
