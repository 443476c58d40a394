import Foundation
import Glibc

/// Tells systemd how the service is (`sd_notify`): a datagram to the socket in `NOTIFY_SOCKET`.
///
/// Does nothing where there is none.
struct SystemdNotifier: Sendable {
    /// What systemd is told.
    enum State: String {
        case ready = "READY=1\nSTATUS=serving\n"
        case stopping = "STOPPING=1\nSTATUS=finishing requests\n"
        case watchdog = "WATCHDOG=1\n"
    }

    private let path: String?
    /// How often systemd wants to hear that the service is well; nil when it does not.
    let watchdogInterval: Duration?

    /// The notifier of this process's environment.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval =
            path != nil && isMeant && microseconds > 0 ? .microseconds(microseconds / 2) : nil
    }

    /// Sends a state; systemd that does not listen is no reason to stop.
    func send(_ state: State) {
        guard let path else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Self.closeOnExec, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        // A name that begins with @ is not in the file system.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let prefix = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        let length = socklen_t(prefix + name.count)
        let text = Array(state.rawValue.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, text, text.count, Self.flags, $0, length)
            }
        }
    }

    /// Nobody waits for a manager that does not read.
    private static let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)

    private static let closeOnExec = Int32(SOCK_CLOEXEC.rawValue)
}
