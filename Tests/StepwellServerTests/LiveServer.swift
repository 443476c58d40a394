@testable import StepwellServer

/// Runs a server on a free port for the length of a test.
func withServer<Value: Sendable>(
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    respond: @escaping RequestHandler,
    refused: @escaping RefusalNote = { _ in },
    _ body: @escaping @Sendable (Int) async throws -> Value
) async throws -> Value {
    var configuration = ServerConfiguration()
    configuration.port = 0
    change(&configuration)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = HTTPServer(
        configuration: configuration,
        respond: respond,
        refused: refused,
        bound: { continuation.yield($0.port) }
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { throw CancellationError() }
        return try await body(port)
    }
}

/// The text of a request.
func request(
    _ body: String = "{}",
    target: String = "AWSStepFunctions.Echo",
    extra: String = ""
) -> String {
    "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: \(target)\r\n\(extra)"
        + "Content-Type: application/x-amz-json-1.0\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

/// Answers with the request's body.
let echo: RequestHandler = { ServiceResponse(json: $0.body) }
