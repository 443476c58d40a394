import Synchronization
import Testing

@testable import StepwellServer

/// More than the sockets of a connection hold.
private let large = [UInt8](repeating: UInt8(ascii: "x"), count: 16 << 20)

@Suite("Clients that do not read, or do not send", .serialized)
struct SlowClientTests {
    /// Answers what is asked for by its size, and counts how often.
    private final class Answerer: Sendable {
        let calls = Atomic(0)

        func respond(_ request: ServiceRequest) -> ServiceResponse {
            calls.add(1, ordering: .relaxed)
            return ServiceResponse(json: request.operationName == "GetLarge" ? large : [])
        }
    }

    private let get = request(target: "AWSStepFunctions.GetLarge")

    /// Has the server's one loop come round, often enough for all it can do.
    private func roundTrips(_ port: Int) async throws {
        let other = try RawConnection(port: port)
        for _ in 0..<20 {
            try other.send(request())
            #expect(try await other.responses(1).first?.status == 200)
        }
    }

    @Test("No request is begun while the answer before it is not taken")
    func unread() async throws {
        let answerer = Answerer()
        try await withServer(respond: { answerer.respond($0) }) { port in
            let connection = try RawConnection(port: port)
            try connection.send(get + request("[1]") + get)
            try await roundTrips(port)
            #expect(answerer.calls.load(ordering: .relaxed) == 1 + 20)
            let lengths = try await connection.bodyLengths(3)
            #expect(lengths == [large.count, 0, large.count])
            #expect(answerer.calls.load(ordering: .relaxed) == 3 + 20)
        }
    }

    @Test("Thousands of requests at once are answered in their order")
    func flood() async throws {
        let path: RequestHandler = { ServiceResponse(json: Array($0.uri.utf8)) }
        try await withServer(respond: path) { port in
            let connection = try RawConnection(port: port)
            let heads = (0..<5000).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }
            try connection.send(heads.joined())
            let bodies = try await connection.responses(5000).map(\.body)
            #expect(bodies == (0..<5000).map { "/\($0)" })
        }
    }

    @Test("Answers that are not taken have a bound; what changes something is answered beyond it")
    func bound() async throws {
        let answerer = Answerer()
        let tight: (inout ServerConfiguration) -> Void = {
            $0.maximumBytesInFlight = large.count
            $0.patienceMilliseconds = 60_000
        }
        try await withServer(tight, respond: { answerer.respond($0) }) { port in
            let holder = try RawConnection(port: port)
            try holder.send(get)
            try await roundTrips(port)
            let calls = answerer.calls.load(ordering: .relaxed)
            let other = try RawConnection(port: port)
            try other.send(get)
            #expect(try await other.responses(1).first?.status == 503)
            #expect(answerer.calls.load(ordering: .relaxed) == calls, "it is not even begun")
            try other.send(request(target: "AWSStepFunctions.StartLarge"))
            #expect(try await other.responses(1).first?.status == 200)
            #expect(try await holder.bodyLengths(1) == [large.count])
            try other.send(get)
            #expect(try await other.bodyLengths(1) == [large.count])
        }
    }

    @Test("Who stands still gives way to who needs the memory")
    func eviction() async throws {
        let answerer = Answerer()
        let hasty: (inout ServerConfiguration) -> Void = {
            $0.maximumBytesInFlight = large.count + 1
            $0.patienceMilliseconds = 0
        }
        try await withServer(hasty, respond: { answerer.respond($0) }) { port in
            let holder = try RawConnection(port: port)
            try holder.send(get)
            try await roundTrips(port)
            let other = try RawConnection(port: port)
            try other.send(get)
            #expect(try await other.bodyLengths(1) == [large.count])
            #expect(try await holder.isClosed())
        }
    }

    @Test("Bodies that arrive have a bound", arguments: [0, 60_000])
    func bodies(patience: Int64) async throws {
        let tight: (inout ServerConfiguration) -> Void = {
            $0.maximumBytesInFlight = 1500
            $0.patienceMilliseconds = patience
        }
        try await withServer(tight, respond: echo) { port in
            let body = String(repeating: "b", count: 1000)
            let half = try RawConnection(port: port)
            try half.send(String(request(body).dropLast()))
            try await roundTrips(port)
            let whole = try RawConnection(port: port)
            try whole.send(request(body))
            let status = try await whole.responses(1).first?.status
            #expect(status == (patience == 0 ? 200 : 503))
            guard patience > 0 else {
                #expect(try await half.isClosed())
                return
            }
            try half.send("b")
            #expect(try await half.responses(1).first?.status == 200)
        }
    }

    @Test("A client that takes nothing of its answer is let go")
    func deaf() async throws {
        let impatient: (inout ServerConfiguration) -> Void = { $0.answerMilliseconds = 50 }
        let (news, undelivered) = AsyncStream.makeStream(of: Void.self)
        let respond: RequestHandler = { _ in
            var response = ServiceResponse(json: large)
            response.undelivered = { undelivered.yield() }
            return response
        }
        try await withServer(impatient, respond: respond) { port in
            let connection = try RawConnection(port: port)
            try connection.send(get)
            for await _ in news { break }
            #expect(try await connection.isClosed())
        }
    }
}
