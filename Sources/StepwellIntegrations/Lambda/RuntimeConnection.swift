import NIOCore
import NIOHTTP1

/// One connection of a runtime: gathers requests for its worker, writes the answers.
final class RuntimeConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The largest response of a function (developer guide, "Lambda quotas": 6 MB).
    static let maximumBytes = 6 << 20 | 100

    private let worker: FunctionWorker
    private var context: ChannelHandlerContext?
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var isTooLarge = false
    private var isKeptAlive = true

    init(worker: FunctionWorker) {
        self.worker = worker
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        worker.opened(self)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        worker.closed(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head)
        case .body(let part): append(part)
        case .end(let trailers): end(trailers)
        }
    }

    /// Closes the connection.
    func close() {
        context?.close(promise: nil)
    }

    /// Answers the request that was handed on.
    func answer(
        _ status: HTTPResponseStatus,
        _ fields: [(String, String)] = [],
        _ body: [UInt8] = []
    ) {
        guard let context else { return }
        var headers = HTTPHeaders(fields.map { ($0.0, Self.line($0.1)) })
        headers.replaceOrAdd(name: "Content-Length", value: "\(body.count)")
        if !headers.contains(name: "Content-Type") {
            headers.add(name: "Content-Type", value: "application/json")
        }
        if !isKeptAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let buffer = context.channel.allocator.buffer(bytes: body)
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !isKeptAlive { end.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    /// A text as the value of a header: without what none can hold, whoever wrote it.
    private static func line(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        return String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    private func begin(_ head: HTTPRequestHead) {
        self.head = head
        isKeptAlive = head.isKeepAlive && !head.offersAnotherProtocol
        body.clear()
        isTooLarge = false
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue", let context
        else { return }
        let go = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }

    private func append(_ part: ByteBuffer) {
        isTooLarge = isTooLarge || body.readableBytes + part.readableBytes > Self.maximumBytes
        if isTooLarge {
            body.clear(minimumCapacity: 0)
        } else {
            var part = part
            body.writeBuffer(&part)
        }
    }

    private func end(_ trailers: HTTPHeaders?) {
        guard let head else { return }
        self.head = nil
        let request = RuntimeRequest(
            head: head,
            body: body.readBytes(length: body.readableBytes) ?? [],
            isTooLarge: isTooLarge,
            trailers: trailers
        )
        worker.handle(request, on: self)
    }
}
