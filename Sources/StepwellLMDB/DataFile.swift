#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// An LMDB data file read with `pread`, never mapped: any bytes are safe to look at.
package final class DataFile: Sendable {
    private let descriptor: Int32
    package let path: String
    /// The size of the file in bytes when it was opened.
    package let byteCount: Int

    /// The page size that LMDB uses on this project's platforms.
    package static let pageSize = 4096

    /// Opens the file for reading.
    package init(path: String) throws(LMDBError) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw LMDBError(result: errno, "open \(path)") }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0 else {
            let problem = errno
            close(opened)
            throw LMDBError(result: problem, "size of \(path)")
        }
        descriptor = opened
        self.path = path
        byteCount = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// The size of a file; nil when there is none.
    package static func length(of path: String) throws(LMDBError) -> Int? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw LMDBError(result: errno, "size of \(path)")
        }
        return Int(status.st_size)
    }

    /// The bytes of a range of the file; fewer when it ends before.
    package func read(at offset: Int, count: Int) throws(LMDBError) -> [UInt8] {
        let wanted = max(0, min(count, byteCount - offset))
        guard offset >= 0, wanted > 0 else { return [] }
        var problem: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled...])
                let got = unsafe pread(descriptor, rest.baseAddress, rest.count, offset + filled)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { problem = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard problem == 0 else { throw LMDBError(result: problem, "read \(path)") }
        return bytes
    }

    func damaged(_ what: String) -> LMDBError {
        LMDBError(.damaged, path, what)
    }
}
