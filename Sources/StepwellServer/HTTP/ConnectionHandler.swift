import NIOCore
import NIOHTTP1
import StepwellEngine

/// One connection: gathers a request, hands it to the router, writes the answer.
///
/// | state | event | next |
/// | --- | --- | --- |
/// | idle | head, body within the limit | receiving |
/// | idle | head of a request that is refused | discarding, or refused and closed |
/// | idle, receiving, discarding | what is no HTTP | refused and closed |
/// | receiving, discarding | time is up | refused and closed |
/// | receiving | body beyond the limit | discarding |
/// | receiving | end | responding: the router's task runs |
/// | discarding | end | refused: answering |
/// | responding | answer | answering: its pieces leave as the client takes them |
/// | answering | all is taken | idle, or closed when the client or the server wants no more |
/// | responding | answer that is a stream | streaming, then closed |
/// | any | time is up, connection lost | closed; a running task is cancelled |
///
/// From the end of a request until its answer is taken nothing more is read: the gate holds back
/// what has come already, and the rest stays with the client.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    enum State {
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        case discarding(HTTPRequestHead, ServiceError, bytes: Int)
        case responding(Task<Void, Never>, ServiceRequest.Terms)
        case answering(OutgoingAnswer)
        case streaming(Task<Void, Never>)
        case closed
    }

    /// How much of a body that is too large is read before the answer, so that clients that send
    /// everything first get to see it.
    private var discardLimit: Int { max(16 * 1_048_576, configuration.maximumBodyBytes) }

    /// Whether nothing that follows the request will be read.
    private var isLast = false
    let configuration: ServerConfiguration
    let memory: ServerMemory
    private let gate: InputGate
    private let respond: RequestHandler
    let noteRefusal: RefusalNote
    var state = State.idle
    private(set) var isDraining = false
    /// Whether the request is one whose answer has no body, whatever its head says.
    var isHead = false
    /// When the connection is closed unless it gets further; nil while a request is answered.
    var deadline: NIODeadline?
    /// Looks at the deadline: one timer for all the requests of a connection.
    var timer: (task: Scheduled<Void>, time: NIODeadline)?

    /// The address that is connected, read once.
    private var peer: String?
    /// Whether the client ended the connection without a word of TLS, or has its refusal.
    private(set) var isWithoutHandshake = false
    /// What a proxy says of the request that it is at; nil of one that is not trusted.
    private var word: TrustedProxies.Word?
    /// The address of the client.
    var client: String? { word?.client ?? peer }

    init(
        configuration: ServerConfiguration,
        memory: ServerMemory,
        gate: InputGate,
        respond: @escaping RequestHandler,
        noteRefusal: @escaping RefusalNote
    ) {
        self.configuration = configuration
        self.memory = memory
        self.gate = gate
        self.respond = respond
        self.noteRefusal = noteRefusal
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

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, refuse(error, context: context) { return }
        noteFailedHandshake(error)
        close(context: context)
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? DrainEvent { drain(event, context: context) }
        if event is GreetingHandler.NoHandshake { isWithoutHandshake = true }
        context.fireUserInboundEventTriggered(event)
    }

    private func drain(_ event: DrainEvent, context: ChannelHandlerContext) {
        isDraining = true
        switch state {
        case .responding(let task, let terms) where event == .ends || terms.isLongPoll:
            task.cancel()
        case .streaming(let task):
            task.cancel()
        case .receiving, .discarding:
            // Half a request is nobody's work yet: what is on its way gets here within that.
            expect(within: min(1000, configuration.bodyMilliseconds), context: context)
        case .idle, .responding, .answering, .closed:
            break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isLast = head.offersAnotherProtocol
            begin(head, context: context)
        case .body(let part): append(part, context: context)
        case .end: end(context: context)
        }
    }

    // MARK: Receiving

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard case .idle = state else { return }
        isHead = head.method == .HEAD
        word = configuration.proxies.word(head.headers, from: peer)
        expect(within: configuration.bodyMilliseconds, context: context)
        guard head.version.major == 1 else {
            refuse(Self.otherVersion, head, status: 505, keepAlive: false, context: context)
            return
        }
        let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let isContinued = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        let refusal =
            configuration.hosts.problem(of: head, for: word?.host)
            ?? (announced > limit(of: head) ? tooLarge(head) : nil)
        if let refusal, announced > discardLimit || isContinued {
            refuse(refusal, head, keepAlive: false, context: context)
            return
        }
        if isContinued {
            let go = HTTPResponseHead(version: head.version, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
        }
        state =
            refusal.map { .discarding(head, $0, bytes: 0) } ?? .receiving(head, ByteBuffer())
    }

    private func append(_ part: ByteBuffer, context: ChannelHandlerContext) {
        switch state {
        case .receiving(let head, var body):
            guard body.readableBytes + part.readableBytes <= limit(of: head) else {
                memory.requests.release(context.channel)
                let bytes = body.readableBytes + part.readableBytes
                state = .discarding(head, tooLarge(head), bytes: bytes)
                return
            }
            guard memory.requests.take(part.readableBytes, for: context.channel) else {
                refuse(Self.tooMuch, head, keepAlive: false, context: context)
                return
            }
            if body.readableBytes == 0 {
                body = part
            } else {
                state = .idle  // So that the buffer is not shared while it grows.
                body.writeImmutableBuffer(part)
            }
            state = .receiving(head, body)
        case .discarding(let head, let error, let bytes):
            guard bytes + part.readableBytes <= discardLimit else {
                refuse(error, head, keepAlive: false, context: context)
                return
            }
            state = .discarding(head, error, bytes: bytes + part.readableBytes)
        case .idle, .responding, .answering, .streaming, .closed:
            return
        }
    }

    private func end(context: ChannelHandlerContext) {
        switch state {
        case .receiving(let head, let body):
            dispatch(head, body, context: context)
        case .discarding(let head, let error, _):
            refuse(error, head, keepAlive: head.isKeepAlive, context: context)
        case .idle, .responding, .answering, .streaming, .closed:
            return
        }
    }

    /// How large a request's body may be.
    private func limit(of head: HTTPRequestHead) -> Int {
        let isForEvents = EventsSurface.isTarget(head.headers.first(name: "x-amz-target"))
        let bytes = configuration.maximumBodyBytes
        return isForEvents ? max(bytes, configuration.maximumEventBytes) : bytes
    }

    private func tooLarge(_ head: HTTPRequestHead) -> ServiceError {
        ServiceError(
            code: "RequestEntityTooLarge",
            message: "The request is larger than the \(limit(of: head)) bytes that are allowed."
        )
    }

    private static let tooMuch = ServiceError(
        code: "ServiceUnavailable",
        message: "The server holds as much data for slow clients as it may; try again."
    )

    // MARK: Answering

    private func dispatch(
        _ head: HTTPRequestHead,
        _ body: ByteBuffer,
        context: ChannelHandlerContext
    ) {
        gate.hold()
        var request = ServiceRequest(head, body: body)
        request.peer = client
        request.isSecure = word?.isSecure ?? (configuration.tls != nil)
        request.proxy = word == nil ? nil : peer
        request.forwardedHost = word?.host
        if request.isRepeatable, memory.answers.isSpent {
            refuse(Self.tooMuch, head, keepAlive: head.isKeepAlive, context: context)
            return
        }
        deadline = nil
        memory.requests.keep(context.channel)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let caller = ReadCaller(self)
        let task = Task { [respond, request, eventLoop = context.eventLoop] in
            let response = await ReadCaller.$assigned.withValue(caller) { await respond(request) }
            eventLoop.execute {
                let (handler, context) = bound.value
                handler.finish(response, context: context)
            }
        }
        let terms = request.terms(head)
        state = .responding(task, terms)
        if isDraining && terms.isLongPoll { task.cancel() }
    }

    private func finish(_ response: ServiceResponse, context: ChannelHandlerContext) {
        guard case .responding(_, let terms) = state else {
            response.undelivered?()
            response.stream?.ended()
            return
        }
        if let stream = response.stream {
            guard isHead else {
                begin(stream, of: response, terms, context: context)
                return
            }
            stream.ended()
        }
        let isTaken = memory.answers.take(
            response.body.count,
            for: context.channel,
            isForced: !terms.isRepeatable
        )
        guard isTaken else {
            response.undelivered?()
            let name = response.requestID
            refuse(Self.tooMuch, nil, id: name, keepAlive: terms.keepAlive, context: context)
            return
        }
        write(response, keepAlive: terms.keepAlive, context: context)
    }

    func write(
        _ response: ServiceResponse,
        keepAlive: Bool,
        context: ChannelHandlerContext
    ) {
        gate.hold()
        memory.requests.release(context.channel)
        let keepAlive = keepAlive && !isDraining && !isLast
        var head = Self.head(of: response, keepAlive: keepAlive)
        head.headers.add(name: "Content-Length", value: String(response.body.count))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        state = .answering(
            OutgoingAnswer(
                isHead ? [] : response.body,
                keepAlive: keepAlive,
                undelivered: response.undelivered
            )
        )
        writePiece(context)
    }

    /// The head of an answer, which does not say yet how long its body is.
    static func head(of response: ServiceResponse, keepAlive: Bool) -> HTTPResponseHead {
        var head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status)
        )
        head.headers.reserveCapacity(6 + response.headers.count)
        head.headers.add(name: "Date", value: HTTPDate.text(of: SystemClock().now()))
        head.headers.add(name: "x-amzn-RequestId", value: response.requestID ?? RequestID.make())
        head.headers.add(name: "Content-Type", value: response.contentType)
        for (name, value) in response.headers { head.headers.add(name: name, value: value) }
        if !keepAlive { head.headers.add(name: "Connection", value: "close") }
        return head
    }

    private func writePiece(_ context: ChannelHandlerContext) {
        guard case .answering(var answer) = state else { return }
        expect(within: configuration.answerMilliseconds, context: context)
        let piece = context.channel.allocator.buffer(bytes: answer.nextPiece())
        state = .answering(answer)
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { [undelivered = answer.undelivered] result in
            let (handler, context) = bound.value
            switch result {
            case .success: handler.pieceWasTaken(context)
            case .failure: undelivered?()
            }
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: written)
    }

    private func pieceWasTaken(_ context: ChannelHandlerContext) {
        guard case .answering(let answer) = state else { return }
        guard answer.rest.isEmpty else {
            memory.answers.touch(context.channel)
            writePiece(context)
            return
        }
        memory.answers.release(context.channel)
        guard answer.keepAlive, !isDraining else {
            finish(context)
            return
        }
        state = .idle
        // What comes next may be another client's.
        word = nil
        expect(within: configuration.idleMilliseconds, context: context)
        // There are no bytes in it, and the next request may come with it.
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        switch state {
        case .idle, .receiving, .discarding: gate.open(context)
        case .responding, .answering, .streaming, .closed: break
        }
    }

    /// Ends the answer that is being written, and the connection with it.
    func finish(_ context: ChannelHandlerContext) {
        state = .closed
        timer?.task.cancel()
        timer = nil
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }

    func close(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        switch state {
        case .responding(let task, _), .streaming(let task): task.cancel()
        case .idle, .receiving, .discarding, .answering, .closed: break
        }
        memory.requests.release(context.channel)
        memory.answers.release(context.channel)
        state = .closed
    }
}
