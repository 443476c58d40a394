import NIOCore
import NIOHTTP1
import StepwellEngine

/// One connection: gathers a request, hands it to the router, writes the answer.
///
/// | state | event | next |
/// | --- | --- | --- |
/// | idle | head, body within the limit | receiving |
/// | idle | head, body announced too large | discarding, or refused and closed |
/// | receiving | body beyond the limit | discarding |
/// | receiving | end | responding: the router's task runs |
/// | discarding | end | refused with status 413, idle |
/// | responding | answer | idle, or closed when the client or the server wants no more |
/// | any | time is up, connection lost | closed; a running task is cancelled |
///
/// The pipeline handler before it holds further requests back while one is answered, so that
/// answers leave in the order of the requests.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        case discarding(HTTPRequestHead, bytes: Int)
        case responding(Task<Void, Never>, isLongPoll: Bool, keepAlive: Bool)
        case closed
    }

    /// How much of a body that is too large is read before the answer, so that clients that send
    /// everything first get to see it.
    private var discardLimit: Int { max(16 * 1_048_576, limit) }

    private let configuration: ServerConfiguration
    private let respond: RequestHandler
    private var state = State.idle
    private var isDraining = false
    /// Whether the request is one whose answer has no body, whatever its head says.
    private var isHead = false
    /// When the connection is closed unless it gets further; nil while a request is answered.
    private var deadline: NIODeadline?
    /// Looks at the deadline: one timer for all the requests of a connection.
    private var timer: (task: Scheduled<Void>, time: NIODeadline)?

    /// The address of the client, read once.
    private var peer: String?

    init(configuration: ServerConfiguration, respond: @escaping RequestHandler) {
        self.configuration = configuration
        self.respond = respond
    }

    func channelActive(context: ChannelHandlerContext) {
        peer = context.remoteAddress?.ipAddress
        expect(within: configuration.idleMilliseconds, context: context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        close(context: context)
        context.fireChannelInactive()
    }

    /// What is no HTTP was answered with status 400 by the handler before.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(context: context)
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is DrainEvent {
            isDraining = true
            if case .responding(let task, isLongPoll: true, _) = state { task.cancel() }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context: context)
        case .body(let part): append(part, context: context)
        case .end: end(context: context)
        }
    }

    // MARK: Receiving

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard case .idle = state else { return }
        isHead = head.method == .HEAD
        expect(within: configuration.bodyMilliseconds, context: context)
        let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let isContinued = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        if announced > discardLimit || (announced > limit && isContinued) {
            refuse(head, keepAlive: false, context: context)
            return
        }
        if isContinued {
            let go = HTTPResponseHead(version: head.version, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
        }
        state =
            announced > limit ? .discarding(head, bytes: 0) : .receiving(head, ByteBuffer())
    }

    private func append(_ part: ByteBuffer, context: ChannelHandlerContext) {
        switch state {
        case .receiving(let head, var body):
            guard body.readableBytes + part.readableBytes <= limit else {
                state = .discarding(head, bytes: body.readableBytes + part.readableBytes)
                return
            }
            if body.readableBytes == 0 {
                body = part
            } else {
                state = .idle  // So that the buffer is not shared while it grows.
                body.writeImmutableBuffer(part)
            }
            state = .receiving(head, body)
        case .discarding(let head, let bytes):
            guard bytes + part.readableBytes <= discardLimit else {
                refuse(head, keepAlive: false, context: context)
                return
            }
            state = .discarding(head, bytes: bytes + part.readableBytes)
        case .idle, .responding, .closed:
            return
        }
    }

    private func end(context: ChannelHandlerContext) {
        switch state {
        case .receiving(let head, let body):
            dispatch(head, body, context: context)
        case .discarding(let head, _):
            refuse(head, keepAlive: head.isKeepAlive, context: context)
        case .idle, .responding, .closed:
            return
        }
    }

    private var limit: Int { configuration.maximumBodyBytes }

    // MARK: Answering

    private func dispatch(
        _ head: HTTPRequestHead,
        _ body: ByteBuffer,
        context: ChannelHandlerContext
    ) {
        deadline = nil
        var request = ServiceRequest(head, body: body)
        request.peer = peer
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = Task { [respond, request, eventLoop = context.eventLoop] in
            let response = await respond(request)
            eventLoop.execute {
                let (handler, context) = bound.value
                handler.finish(response, context: context)
            }
        }
        state = .responding(task, isLongPoll: request.isLongPoll, keepAlive: head.isKeepAlive)
        if isDraining && request.isLongPoll { task.cancel() }
    }

    private func finish(_ response: ServiceResponse, context: ChannelHandlerContext) {
        guard case .responding(_, _, let keepAlive) = state else {
            response.undelivered?()
            return
        }
        write(response, keepAlive: keepAlive && !isDraining, context: context)
    }

    private func refuse(
        _ head: HTTPRequestHead,
        keepAlive: Bool,
        context: ChannelHandlerContext
    ) {
        let error = ServiceError(
            code: "RequestEntityTooLarge",
            message: "The request is larger than the \(limit) bytes that are allowed."
        )
        write(ServiceResponse(error), keepAlive: keepAlive && !isDraining, context: context)
    }

    private func write(
        _ response: ServiceResponse,
        keepAlive: Bool,
        context: ChannelHandlerContext
    ) {
        var head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status)
        )
        head.headers.reserveCapacity(5)
        head.headers.add(name: "x-amzn-RequestId", value: response.requestID ?? RequestID.make())
        head.headers.add(name: "Content-Type", value: response.contentType)
        head.headers.add(name: "Content-Length", value: String(response.body.count))
        for (name, value) in response.headers { head.headers.add(name: name, value: value) }
        if !keepAlive { head.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !isHead {
            let body = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        if keepAlive {
            state = .idle
            expect(within: configuration.idleMilliseconds, context: context)
            let written = response.undelivered.map { _ in
                context.eventLoop.makePromise(of: Void.self)
            }
            if let undelivered = response.undelivered {
                written?.futureResult.whenFailure { _ in undelivered() }
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        } else {
            state = .closed
            timer?.task.cancel()
            timer = nil
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
            if let undelivered = response.undelivered {
                written.whenFailure { _ in undelivered() }
            }
            written.whenComplete { _ in bound.value.close(promise: nil) }
        }
    }

    // MARK: Time

    /// Closes the connection when the next step has not come in time.
    private func expect(within milliseconds: Int64, context: ChannelHandlerContext) {
        let deadline = NIODeadline.now() + .milliseconds(milliseconds)
        self.deadline = deadline
        // A timer that goes off earlier finds the later deadline itself.
        if let timer, timer.time <= deadline { return }
        startTimer(at: deadline, context: context)
    }

    private func startTimer(at deadline: NIODeadline, context: ChannelHandlerContext) {
        timer?.task.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timerFired(context: context)
        }
        timer = (task, deadline)
    }

    private func timerFired(context: ChannelHandlerContext) {
        timer = nil
        guard let deadline else { return }
        if deadline > .now() {
            startTimer(at: deadline, context: context)
        } else {
            close(context: context)
            context.close(promise: nil)
        }
    }

    private func close(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        if case .responding(let task, _, _) = state { task.cancel() }
        state = .closed
    }
}

extension ServiceRequest {
    fileprivate init(_ head: HTTPRequestHead, body: ByteBuffer) {
        self.init(
            method: head.method.rawValue,
            uri: head.uri,
            target: head.headers.first(name: "x-amz-target"),
            contentType: head.headers.first(name: "content-type"),
            contentEncoding: head.headers.first(name: "content-encoding"),
            headers: head.headers.map { ($0.name, $0.value) },
            body: Array(body.readableBytesView)
        )
    }
}
