import StepwellEngine
import StepwellHistory
import Synchronization
import Testing

@testable import StepwellServer

@Suite("Requests that a connection refuses", .serialized)
struct RefusalTests {
    private final class Notes: Sendable {
        private let kept = Mutex<[RefusedRequest]>([])
        var all: [RefusedRequest] { kept.withLock { $0 } }
        func add(_ refusal: RefusedRequest) { kept.withLock { $0.append(refusal) } }
    }

    /// Sends a text; the answer, and what was noted of it.
    private func refused(
        _ text: String,
        _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> (RawResponse, RefusedRequest) {
        let notes = Notes()
        let answer = try await withServer(change, respond: echo, refused: notes.add) { port in
            let connection = try RawConnection(port: port)
            try connection.send(text)
            let answer = try await connection.responses(1).first
            return answer
        }
        return (try #require(answer), try #require(notes.all.first))
    }

    @Test(
        "What is no HTTP/1.1, or tells two things, has an answer with a name, and a note",
        arguments: [
            "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nA B: c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabc",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
                + "\r\n3\r\nabc\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ]
    )
    func malformed(text: String) async throws {
        let (answer, note) = try await refused(text)
        #expect(answer.status == 400)
        #expect(answer.body.contains(#""__type":"BadRequestException""#))
        #expect(answer.headers["x-amzn-requestid"] == note.request.id)
        #expect(answer.headers["date"] != nil)
        #expect(note.request.peer == "127.0.0.1")
        #expect(note.response.status == 400)
    }

    @Test("Other versions of HTTP are told which one is spoken")
    func versions() async throws {
        let (answer, note) = try await refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        #expect(answer.status == 505)
        #expect(answer.body.contains("HTTP/1.1 only"))
        #expect(answer.headers["x-amzn-requestid"] == note.request.id)
    }

    @Test("Header fields beyond what is taken are refused as that")
    func largeHead() async throws {
        let field = "X-Filler: " + String(repeating: "f", count: 20_000)
        let (answer, note) = try await refused("GET / HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n")
        #expect(answer.status == 431)
        #expect(answer.headers["x-amzn-requestid"] == note.request.id)
        #expect(note.response.status == 431)
    }

    @Test("Who does not send the rest of a body is told so")
    func halfABody() async throws {
        let text = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"
        let (answer, note) = try await refused(text) { $0.bodyMilliseconds = 50 }
        #expect(answer.status == 408)
        #expect(answer.headers["connection"] == "close")
        #expect(answer.headers["x-amzn-requestid"] == note.request.id)
        #expect(note.request.uri == "/x")
    }

    @Test("Connections beyond the limit have a name and a note")
    func connections() async throws {
        let (answer, note) = try await refused("") { $0.maximumConnections = 0 }
        #expect(answer.status == 503)
        #expect(answer.headers["x-amzn-requestid"] == note.request.id)
        #expect(answer.headers["date"] != nil)
    }

    @Test(
        "The date of an answer",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        ]
    )
    func date(seconds: Int64, text: String) {
        #expect(HTTPDate.text(of: Timestamp(milliseconds: seconds * 1000 + 999)) == text)
    }

    @Test("Every answer has a date")
    func dated() async throws {
        let answer = try await withServer(respond: echo) { port in
            let connection = try RawConnection(port: port)
            try connection.send(request())
            return try await connection.responses(1).first
        }
        #expect(answer?.headers["date"]?.hasSuffix(" GMT") == true)
    }

    @Test("A text of a stranger stays on its line")
    func plain() {
        #expect(RefusalLog.plain("a\r\nb\u{1B}[2J\u{85}") == "a??b?[2J?")
        #expect(RefusalLog.plain(String(repeating: "é", count: 300)).unicodeScalars.count == 200)
    }
}
