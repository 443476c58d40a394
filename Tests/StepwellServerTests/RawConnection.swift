import Dispatch
import Glibc

/// A TCP connection to a server on loopback, for tests that need every byte.
///
/// Its calls block threads of Dispatch, never the pool that the server's tasks run on.
final class RawConnection: Sendable {
    private let descriptor: Int32

    struct Failed: Error {
        let call: String
    }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // What is initialised wholly is deinitialised when it throws: that closes the socket, once.
        guard result == 0 else { throw Failed(call: "connect") }
    }

    deinit {
        Glibc.close(descriptor)
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor,
                    $0.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { throw Failed(call: "send") }
            sent += count
        }
    }

    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable (RawConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { [self] in
                continuation.resume(with: Result { try body(self) })
            }
        }
    }

    /// Some bytes; none when the other side has closed.
    private func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failed(call: "recv") }
        return Array(buffer.prefix(count))
    }

    /// Reads until `count` responses are complete or the other side closes.
    func responses(_ count: Int) async throws -> [RawResponse] {
        try await blocking { try $0.readResponses(count) }
    }

    private func readResponses(_ count: Int) throws -> [RawResponse] {
        var bytes: [UInt8] = []
        var found: [RawResponse] = []
        while found.count < count {
            let part = try receive()
            if part.isEmpty { break }
            bytes += part
            while let (response, length) = RawResponse.first(in: bytes) {
                found.append(response)
                bytes.removeFirst(length)
            }
        }
        return found
    }

    /// Reads `count` responses of any size, and keeps only how long their bodies are.
    func bodyLengths(_ count: Int) async throws -> [Int] {
        try await blocking { try $0.readBodyLengths(count) }
    }

    private func readBodyLengths(_ count: Int) throws -> [Int] {
        var lengths: [Int] = []
        var bytes: [UInt8] = []
        while lengths.count < count {
            guard let head = RawResponse.head(in: bytes) else {
                let part = try receive()
                if part.isEmpty { break }
                bytes += part
                continue
            }
            bytes.removeFirst(head.length)
            var missing = head.bodyLength
            while missing > bytes.count {
                missing -= bytes.count
                bytes = try receive()
                if bytes.isEmpty { return lengths }
            }
            bytes.removeFirst(missing)
            lengths.append(head.bodyLength)
        }
        return lengths
    }

    /// Reads until a text has come, or the other side closes; everything that came.
    func text(until end: String) async throws -> String {
        try await blocking { connection in
            var bytes: [UInt8] = []
            while !String(decoding: bytes, as: UTF8.self).hasSuffix(end) {
                let part = try connection.receive()
                if part.isEmpty { break }
                bytes += part
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Whether the other side closes, after whatever it still sends.
    func isClosed() async throws -> Bool {
        try await blocking { $0.readToEnd() }
    }

    private func readToEnd() -> Bool {
        while true {
            do {
                if try receive().isEmpty { return true }
            } catch {
                return errno == ECONNRESET
            }
        }
    }
}

/// A response as it came.
struct RawResponse {
    let status: Int
    let headers: [String: String]
    let body: String

    /// The head of a response.
    struct Head {
        let status: Int
        let headers: [String: String]
        /// The bytes of the head itself, and of the body behind it.
        let length: Int
        let bodyLength: Int
    }

    /// The head that some bytes begin with; nil when it is not complete.
    static func head(in bytes: [UInt8]) -> Head? {
        let blank = Array("\r\n\r\n".utf8)
        guard bytes.count >= blank.count,
            let end = bytes.indices.dropLast(3).first(where: { bytes[$0..<($0 + 4)] == blank[...] })
        else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return Head(
            status: status ?? 0,
            headers: headers,
            length: end + 4,
            bodyLength: headers["content-length"].flatMap { Int($0) } ?? 0
        )
    }

    /// The first complete response in some bytes, and its length.
    static func first(in bytes: [UInt8]) -> (RawResponse, Int)? {
        guard let head = head(in: bytes) else { return nil }
        let end = head.length + head.bodyLength
        guard bytes.count >= end else { return nil }
        let body = String(decoding: bytes[head.length..<end], as: UTF8.self)
        return (RawResponse(status: head.status, headers: head.headers, body: body), end)
    }
}
