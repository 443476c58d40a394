import NIOCore
import NIOHTTP1

extension ServiceRequest {
    /// The request that a head and a body make.
    init(_ head: HTTPRequestHead, body: ByteBuffer) {
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

    /// What the connection needs to know of a request while it is answered.
    struct Terms {
        /// Whether it waits for work.
        let isLongPoll: Bool
        /// Whether it can be asked again.
        let isRepeatable: Bool
        /// Whether the client wants to send more on the connection.
        let keepAlive: Bool
        /// Whether the client reads bodies in chunks: HTTP/1.1 (RFC 9112, 6.1).
        let takesChunks: Bool
    }

    /// What the connection needs to know of this one, which has the head given.
    func terms(_ head: HTTPRequestHead) -> Terms {
        Terms(
            isLongPoll: isLongPoll,
            isRepeatable: isRepeatable,
            keepAlive: head.isKeepAlive,
            takesChunks: head.version.major == 1 && head.version.minor >= 1
        )
    }
}
