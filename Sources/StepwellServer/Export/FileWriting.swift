import Glibc

/// Writing to file descriptors.
enum FileWriting {
    /// Writes all bytes, and waits where what takes them has no room; why not, if so.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let written = Glibc.write(descriptor, part.baseAddress, part.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    guard errno == EAGAIN else { return reason }
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wanted, 1, -1)
                    continue
                }
                rest = rest.dropFirst(written)
            }
            return nil
        }
    }

    /// Opens a file to append to; nil, and `errno`, when that fails.
    ///
    /// A pipe without a reader is an error, which is better than waiting for one unseen.
    static func openToAppend(_ path: String) -> Int32? {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
        let descriptor = open(path, flags, 0o600)
        return descriptor >= 0 ? descriptor : nil
    }

    /// Appends bytes to a file, all or none; why not, if so.
    static func append(_ bytes: [UInt8], to path: String, isSynced: Bool = false) -> String? {
        guard let descriptor = openToAppend(path) else { return reason }
        defer { close(descriptor) }
        if let reason = append(bytes, to: descriptor) { return reason }
        // A pipe cannot be synced either.
        let isDone = !isSynced || fdatasync(descriptor) == 0 || errno == EINVAL || errno == EROFS
        return isDone ? nil : reason
    }

    /// Appends bytes to an open file, all or none; why not, if so.
    static func append(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        let size = lseek(descriptor, 0, SEEK_END)
        if let reason = write(bytes, to: descriptor) {
            // A pipe cannot be cut, and has no size.
            if size >= 0 { _ = ftruncate(descriptor, size) }
            return reason
        }
        return nil
    }

    /// What `errno` says.
    static var reason: String { String(cString: strerror(errno)) }
}
