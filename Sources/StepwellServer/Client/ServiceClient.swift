import NIOCore
import NIOHTTP1
import NIOPosix
import StepwellEngine
package import StepwellJSON

/// A small client of the API, for sfnctl's own commands: one connection per request.
package struct ServiceClient: Sendable {
    /// Whose operation is called: what `X-Amz-Target` begins with.
    package enum Service: String, Sendable {
        case stepFunctions = "AWSStepFunctions"
        /// This product's own operations (``Operation/own``).
        case stepwell = "Stepwell"
    }

    private let endpoint: Endpoint
    private let signer: RequestSigner?

    /// A client of the server at an endpoint; its requests are signed when there is a signer.
    package init(endpoint: Endpoint, signer: RequestSigner? = nil) {
        self.endpoint = endpoint
        self.signer = signer
    }

    /// Calls an operation with the members of its request; gives the members of its response.
    ///
    /// Throws `ServiceError` when the server refuses, `UnreachableError` when no server answers.
    package func call(
        _ operation: String,
        _ members: JSONObject,
        of service: Service = .stepFunctions
    ) async throws -> JSONObject {
        var request = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")
        let body = JSONWriter.write(.object(members))
        var headers = [
            (name: "Host", value: "\(endpoint.host):\(endpoint.port)"),
            (name: "X-Amz-Target", value: "\(service.rawValue).\(operation)"),
            (name: "Content-Type", value: "application/x-amz-json-1.0"),
        ]
        if let signer {
            headers = signer.signed(method: "POST", uri: "/", headers: headers, body: body)
        }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "Content-Length", value: String(body.count))
        request.headers.add(name: "Connection", value: "close")
        let answer: ServiceAnswer
        do {
            answer = try await exchange(request, body)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw UnreachableError(endpoint: endpoint, cause: error)
        }
        return try read(answer)
    }

    private func exchange(_ head: HTTPRequestHead, _ body: [UInt8]) async throws -> ServiceAnswer {
        let group = MultiThreadedEventLoopGroup.singleton
        let promise = group.next().makePromise(of: ServiceAnswer.self)
        let connected = ClientBootstrap(group: group)
            .connectTimeout(.seconds(5))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(AnswerCollector(promise))
                }
            }
            .connect(host: endpoint.host, port: endpoint.port)
        connected.whenFailure { promise.fail($0) }
        return try await withTaskCancellationHandler {
            if let channel = try? await connected.get() {
                channel.write(HTTPClientRequestPart.head(head), promise: nil)
                let buffer = channel.allocator.buffer(bytes: body)
                channel.write(HTTPClientRequestPart.body(.byteBuffer(buffer)), promise: nil)
                channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            }
            let answer = try await promise.futureResult.get()
            try Task.checkCancellation()
            return answer
        } onCancel: {
            connected.whenSuccess { $0.close(promise: nil) }
        }
    }

    private func read(_ answer: ServiceAnswer) throws -> JSONObject {
        guard case .object(let members)? = try? JSONParser.parse(answer.body) else {
            throw UnreachableError(endpoint: endpoint, cause: NotAService(status: answer.status))
        }
        guard answer.status != 200 else { return members }
        let fields = RequestFields(members)
        guard let code = fields.string("__type") else {
            throw UnreachableError(endpoint: endpoint, cause: NotAService(status: answer.status))
        }
        throw ServiceError(code: code, message: fields.string("message") ?? "")
    }
}

/// What answered was no Step Functions API.
private struct NotAService: Error, CustomStringConvertible {
    let status: Int

    var description: String {
        "what answers there (status \(status)) is no Step Functions API"
    }
}
