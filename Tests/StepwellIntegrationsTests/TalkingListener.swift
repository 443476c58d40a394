import Foundation
import Glibc
import Synchronization

/// A socket on loopback that says the same to everyone who connects, and then nothing more.
final class TalkingListener: Sendable {
    struct Unavailable: Error {}

    /// Closed when neither the listener nor its thread has it: never under a call of the other.
    private final class Socket: Sendable {
        let descriptor: Int32

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit {
            Glibc.close(descriptor)
        }
    }

    let port: Int
    private let socket: Socket
    private let taken = Mutex<[Int32]>([])

    /// How many connections there have been.
    var connections: Int { taken.withLock { $0.count } }

    init(saying text: String) throws {
        let socket = Socket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket.descriptor, $0, size) == 0 && listen(socket.descriptor, 64) == 0
                    && getsockname(socket.descriptor, $0, &size) == 0
            }
        }
        guard isOpen else { throw Unavailable() }
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let made = accept(socket.descriptor, nil, nil)
                guard made >= 0, let self else {
                    if made >= 0 { Glibc.close(made) }
                    return
                }
                let bytes = Array(text.utf8)
                _ = bytes.withUnsafeBytes { send(made, $0.baseAddress, $0.count, 0x4000) }
                taken.withLock { $0.append(made) }
            }
        }
    }

    deinit {
        Glibc.shutdown(socket.descriptor, Int32(SHUT_RDWR))
        for made in taken.withLock({ $0 }) { Glibc.close(made) }
    }
}
