import Synchronization
import Testing

@testable import StepwellServer

@Suite("Answers that do not reach their client")
struct UndeliveredTests {
    @Test("A response whose connection is gone by then is known to be undelivered")
    func disconnected() async throws {
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let (news, undelivered) = AsyncStream.makeStream(of: Void.self)
        let respond: RequestHandler = { _ in
            beginning.yield()
            // Ends when the connection is lost, which cancels the task.
            try? await Task.sleep(for: .seconds(60))
            var response = ServiceResponse(json: Array("{}".utf8))
            response.undelivered = { undelivered.yield() }
            return response
        }
        try await withServer(respond: respond) { port in
            var connection: RawConnection? = try RawConnection(port: port)
            try connection?.send(request(target: "AWSStepFunctions.GetActivityTask"))
            for await _ in began { break }
            connection = nil
            for await _ in news { break }
        }
    }

    @Test("A response that is written is not")
    func delivered() async throws {
        let count = Mutex(0)
        let respond: RequestHandler = { _ in
            var response = ServiceResponse(json: Array("{}".utf8))
            response.undelivered = { count.withLock { $0 += 1 } }
            return response
        }
        try await withServer(respond: respond) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request(target: "AWSStepFunctions.GetActivityTask"))
            #expect(try await connection.responses(1).first?.body == "{}")
        }
        #expect(count.withLock { $0 } == 0)
    }
}
