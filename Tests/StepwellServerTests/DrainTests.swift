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
        began: AsyncStream<Void>,
        drainMilliseconds: Int64 = 8000
    ) async throws -> RawResponse? {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.drainMilliseconds = drainMilliseconds
        configuration.lastCallMilliseconds = drainMilliseconds / 2
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

    @Test("What runs a workflow is given the time there is, then asked to say how it stands")
    func lastCall() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let answer = try await stopped(
            target: "AWSStepFunctions.StartSyncExecution",
            respond: { _ in
                beginning.yield()
                try? await Task.sleep(for: .seconds(60))
                return ServiceResponse(json: Array((Task.isCancelled ? "[]" : "{}").utf8))
            },
            release: {},
            began: began,
            drainMilliseconds: 8_000
        )
        #expect(answer?.body == "[]")
    }

    @Test("A synchronous execution is not given up when the server begins to stop")
    func synchronous() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let (go, going) = AsyncStream.makeStream(of: Void.self)
        let answer = try await stopped(
            target: "AWSStepFunctions.StartSyncExecution",
            respond: { request in
                beginning.yield()
                for await _ in go { break }
                return ServiceResponse(json: Task.isCancelled ? [] : request.body)
            },
            release: { going.yield() },
            began: began
        )
        #expect(answer?.body == "{}")
    }

    @Test("Half a request does not hold the server up")
    func halfARequest() async throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.bodyMilliseconds = 60_000
        configuration.drainMilliseconds = 3_600_000
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = HTTPServer(
            configuration: configuration,
            respond: echo,
            bound: { continuation.yield($0.port) }
        )
        let running = Task { try await server.run() }
        var iterator = ports.makeAsyncIterator()
        let connection = try RawConnection(port: try #require(await iterator.next()))
        try connection.send(request(extra: "Expect: 100-continue\r\n").dropLast(2).description)
        #expect(try await connection.responses(1).first?.status == 100)
        running.cancel()
        try await running.value
        #expect(try await connection.isClosed())
    }

    @Test("An address that is taken is an error that names it")
    func addressInUse() async throws {
        try await withServer(respond: echo) { port in
            var configuration = ServerConfiguration()
            configuration.port = port
            let second = HTTPServer(configuration: configuration, respond: echo)
            let error = await #expect(throws: ListenError.self) { try await second.run() }
            let text = "cannot listen at 127.0.0.1:\(port): Address already in use; choose"
            #expect(error?.description.hasPrefix(text) == true)
        }
    }
}
