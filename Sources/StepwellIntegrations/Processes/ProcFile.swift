import Glibc

/// Files in which the system says what its processes are.
enum ProcFile {
    /// The bytes of a file, as far as a limit; empty when it is not there, or is not for this
    /// process.
    static func bytes(_ path: String, limit: Int = 65_536) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < limit {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// The same as text.
    static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }
}
