internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The data files this process has open: LMDB forbids opening one twice in a process, since the
/// locks of the first would silently be lost.
final class OpenFiles: Sendable {
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    static let shared = OpenFiles()

    private let files = Mutex<Set<Identity>>([])

    /// The identity of the file at a path, nil when there is none.
    static func identity(of path: String) -> Identity? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    func claim(_ identity: Identity) -> Bool {
        files.withLock { $0.insert(identity).inserted }
    }

    func release(_ identity: Identity) {
        files.withLock { _ = $0.remove(identity) }
    }
}
