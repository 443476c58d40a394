import Glibc
import NIOCore
import Synchronization

/// A socket that has the server's address, and does not listen yet: who connects is refused.
///
/// It is taken before anything else is opened, so that an address that is taken costs nothing.
package final class BoundSocket: Sendable {
    private let descriptor: Mutex<Int32?>
    /// The port it has; chosen by the system where 0 was asked for.
    package let port: Int

    /// Takes the address of a configuration.
    ///
    /// - Throws: `ListenError` when it cannot be had.
    package init(host: String, port: Int) throws(ListenError) {
        func refused(_ reason: String) -> ListenError {
            ListenError(host: host, port: port, reason: reason)
        }
        func reason() -> String { String(cString: strerror(errno)) }
        // As a URL has it, an address of version 6 is in brackets.
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let host = isBracketed ? String(host.dropFirst().dropLast()) : host
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else {
            throw refused("the name cannot be resolved")
        }
        let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let opened = socket(family, type, 0)
        guard opened >= 0 else { throw refused(reason()) }
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // A port that the system chooses is nobody else's; with the option it might be one that
        // another socket has, which does not listen yet.
        if port != 0 { setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &one, size) }
        guard address.withSockAddr({ bind(opened, $0, socklen_t($1)) }) == 0 else {
            let text = reason()
            close(opened)
            throw refused(text)
        }
        descriptor = Mutex(opened)
        self.port = Self.port(of: opened) ?? port
    }

    deinit {
        if let open = take() { close(open) }
    }

    /// Gives the socket up to who asks first; it is theirs to close.
    func take() -> Int32? {
        descriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor
        }
    }

    private static func port(of descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        guard result == 0 else { return nil }
        // The port is at the same place for both families.
        return withUnsafeBytes(of: &storage) { bytes in
            Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }
}
