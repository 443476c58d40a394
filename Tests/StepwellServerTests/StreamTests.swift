import Synchronization
import Testing

@testable import StepwellServer

@Suite("Answers that come bit by bit")
struct StreamTests {
    /// Answers with pieces, and then as it is told.
    private func streamed(
        _ pieces: [String],
        then rest: @escaping @Sendable () async -> [UInt8]? = { nil },
        ended: @escaping @Sendable () -> Void = {}
    ) -> RequestHandler {
        { _ in
            let left = Mutex(pieces[...])
            var response = ServiceResponse(json: [])
            response.contentType = "text/event-stream"
            response.stream = ResponseStream(next: {
                if let piece = left.withLock({ $0.popFirst() }) { return Array(piece.utf8) }
                return await rest()
            }) {
                ended()
            }
            return response
        }
    }

    @Test("Pieces arrive as chunks, and the end closes the connection")
    func chunks() async throws {
        try await withServer(respond: streamed(["one", "two"])) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request())
            let text = try await connection.text(until: "0\r\n\r\n")
            #expect(text.contains("transfer-encoding: chunked"))
            #expect(!text.lowercased().contains("content-length"))
            #expect(text.hasSuffix("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"))
            #expect(try await connection.isClosed())
        }
    }

    @Test("A client of HTTP/1.0 reads to the end of the connection")
    func old() async throws {
        try await withServer(respond: streamed(["one", "two"])) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request().replacing("HTTP/1.1", with: "HTTP/1.0"))
            let text = try await connection.text(until: "never")
            #expect(text.hasSuffix("\r\n\r\nonetwo"))
        }
    }

    @Test("Whose head alone is asked for ends at once")
    func head() async throws {
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        let respond = streamed(["one"]) {
            nil
        } ended: {
            ending.yield()
        }
        try await withServer(respond: respond) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request().replacing("POST", with: "HEAD"))
            let text = try await connection.text(until: "\r\n\r\n")
            #expect(text.lowercased().contains("content-type: text/event-stream"))
            for await _ in ends { break }
        }
    }

    @Test("Whose client is gone before it began ends too")
    func gone() async throws {
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        let (asks, asking) = AsyncStream.makeStream(of: Void.self)
        let respond: RequestHandler = { _ in
            asking.yield()
            // Until its client goes away.
            while !Task.isCancelled { await Task.yield() }
            var response = ServiceResponse(json: [])
            response.stream = ResponseStream(next: { nil }) { ending.yield() }
            return response
        }
        try await withServer(respond: respond) { port in
            var connection: RawConnection? = try RawConnection(port: port)
            try connection?.send(request())
            for await _ in asks { break }
            connection = nil
            for await _ in ends { break }
        }
    }

    @Test("Whose client goes away while it does not read ends too")
    func unread() async throws {
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        let respond = streamed(["one"]) {
            [UInt8](repeating: 0x20, count: 1 << 20)
        } ended: {
            ending.yield()
        }
        try await withServer(respond: respond) { port in
            var connection: RawConnection? = try RawConnection(port: port)
            try connection?.send(request())
            _ = try await connection?.text(until: "one\r\n")
            connection = nil
            for await _ in ends { break }
        }
    }

    @Test("A stream is cancelled when its client goes away, and when the server stops")
    func cancelled() async throws {
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        let respond = streamed(["one"]) {
            try? await Task.sleep(for: .seconds(3600))
            ending.yield()
            return nil
        }
        var iterator = ends.makeAsyncIterator()
        try await withServer(respond: respond) { port in
            var connection: RawConnection? = try RawConnection(port: port)
            try connection?.send(request())
            _ = try await connection?.text(until: "one\r\n")
            connection = nil
        }
        _ = await iterator.next()
        try await withServer(respond: respond) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request())
            _ = try await connection.text(until: "one\r\n")
        }
        _ = await iterator.next()
    }
}
