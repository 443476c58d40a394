import Synchronization
import Testing

@testable import StepwellServer

@Suite("Stopping the server")
struct DrainTests {
    /// Starts a server, sends a request, stops the server while it is answered; gives the answer.
    private func stopped(
        target: String,
        respond: @escaping RequestHandler,
        release: @escaping @Sendable () -> Void,
        began: AsyncStream<Void>
    ) async throws -> RawResponse? {
        var configuration = ServerConfiguration()
        configuration.port = 0
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = HTTPServer(
            configuration: configuration,
            respond: respond,
            bound: { continuation.yield($0.port) }
        )
        let running = Task { try await server.run() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let connection = try RawConnection(port: port)
        try connection.send(request(target: target))
        var beginnings = began.makeAsyncIterator()
        _ = await beginnings.next()
        running.cancel()
        release()
        let answer = try await connection.responses(1).first
        #expect(try await connection.isClosed())
        try await running.value
        #expect(throws: RawConnection.Failed.self) { _ = try RawConnection(port: port) }
        return answer
    }

    @Test("A running request is finished, then the connection closed")
    func finishes() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let (go, going) = AsyncStream.makeStream(of: Void.self)
        let answer = try await stopped(
            target: "AWSStepFunctions.StartExecution",
            respond: { request in
                beginning.yield()
                for await _ in go { break }
                return ServiceResponse(json: Task.isCancelled ? [] : request.body)
            },
            release: { going.yield() },
            began: began
        )
        #expect(answer?.status == 200)
        #expect(answer?.body == "{}")
    }

    @Test("A long poll is given up at once")
    func longPoll() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let answer = try await stopped(
            target: "AWSStepFunctions.GetActivityTask",
            respond: { _ in
                beginning.yield()
                try? await Task.sleep(for: .seconds(60))
                return ServiceResponse(json: Array((Task.isCancelled ? "[]" : "{}").utf8))
            },
            release: {},
            began: began
        )
        #expect(answer?.body == "[]")
    }

    @Test("An address that is taken is an error that names it")
    func addressInUse() async throws {
        try await withServer(respond: echo) { port in
            var configuration = ServerConfiguration()
            configuration.port = port
            let second = HTTPServer(configuration: configuration, respond: echo)
            let error = await #expect(throws: ListenError.self) { try await second.run() }
            #expect(error?.description.contains("127.0.0.1:\(port)") == true)
        }
    }
}
