import Foundation
import Glibc
import Synchronization

/// A socket on loopback that says the same to everyone who connects, and then nothing more.
final class TalkingListener: Sendable {
    struct Unavailable: Error {}

    let port: Int
    private let descriptor: Int32
    private let taken = Mutex<[Int32]>([])

    /// How many connections there have been.
    var connections: Int { taken.withLock { $0.count } }

    init(saying text: String) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isOpen else { throw Unavailable() }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let made = accept(descriptor, nil, nil)
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
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
        Glibc.close(descriptor)
        for made in taken.withLock({ $0 }) { Glibc.close(made) }
    }
}
