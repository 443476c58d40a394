import Glibc

/// Writing to file descriptors.
enum FileWriting {
    /// Writes all bytes; why not, if so.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let written = Glibc.write(descriptor, part.baseAddress, part.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return reason
                }
                rest = rest.dropFirst(written)
            }
            return nil
        }
    }

    /// What `errno` says.
    static var reason: String { String(cString: strerror(errno)) }
}
