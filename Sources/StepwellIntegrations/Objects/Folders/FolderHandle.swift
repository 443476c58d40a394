import Glibc
import Synchronization

/// An open folder, closed when nobody has it any more.
final class FolderHandle: Sendable {
    let descriptor: Int32
    private static let lastFile = Atomic<UInt64>(0)

    /// Takes a descriptor over.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// A folder in it, made when asked for; never through a symbolic link.
    func folder(
        _ name: String,
        of object: ObjectName,
        isMade: Bool = false
    ) throws(ObjectFault) -> FolderHandle {
        if isMade, mkdirat(descriptor, name, 0o755) != 0, errno != EEXIST {
            throw .system("\(object)")
        }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let found = openat(descriptor, name, flags)
        guard found >= 0 else { throw Self.fault(of: object, isWritten: isMade) }
        return FolderHandle(found)
    }

    /// A file in it, never a symbolic link, and what is known of it.
    func file(_ name: String, of object: ObjectName) throws(ObjectFault) -> FolderFile {
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let found = openat(descriptor, name, flags)
        guard found >= 0 else { throw Self.fault(of: object, isWritten: false) }
        let file = FolderFile(FolderHandle(found))
        guard file.isRegular else { throw .noSuchKey(object) }
        return file
    }

    /// Writes a file aside in this folder and puts it into another as a whole.
    func write(
        _ bytes: [UInt8],
        to name: String,
        in folder: FolderHandle,
        of object: ObjectName
    ) throws(ObjectFault) {
        let number = Self.lastFile.add(1, ordering: .relaxed).newValue
        let aside = "\(getpid())-\(number)"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let opened = openat(descriptor, aside, flags, 0o644)
        guard opened >= 0 else { throw .system("\(object)") }
        let file = FolderHandle(opened)
        var isDone = false
        defer { if !isDone { unlinkat(descriptor, aside, 0) } }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { rest in
                Glibc.write(file.descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("\(object)") }
            written += count
        }
        guard fsync(file.descriptor) == 0,
            renameat(descriptor, aside, folder.descriptor, name) == 0
        else { throw .system("\(object)") }
        isDone = true
        guard fsync(folder.descriptor) == 0 else { throw .system("\(object)") }
    }

    private static func fault(of object: ObjectName, isWritten: Bool) -> ObjectFault {
        switch errno {
        case ENOENT where !isWritten: .noSuchKey(object)
        case ENOTDIR where !isWritten: .noSuchKey(object)
        case ELOOP, ENOTDIR: .denied("\(object): a symbolic link or a file is in the way")
        default: .system("\(object)")
        }
    }
}

/// An open file and what is known of it.
struct FolderFile: Sendable {
    let handle: FolderHandle
    let isRegular: Bool
    /// In bytes.
    let size: Int
    /// In seconds since 1970.
    let lastModified: Int64
    /// What stands for its ETag: another when it was written since.
    let tag: String

    init(_ handle: FolderHandle) {
        var status = stat()
        let isKnown = fstat(handle.descriptor, &status) == 0
        self.init(handle, isKnown ? status : nil)
    }

    private init(_ handle: FolderHandle, _ status: stat?) {
        self.handle = handle
        isRegular = status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false
        size = status.map { Int($0.st_size) } ?? 0
        lastModified = status.map { Int64($0.st_mtim.tv_sec) } ?? 0
        tag = status.map(Self.tag) ?? ""
    }

    /// The tag of a file by its status.
    static func tag(_ status: stat) -> String {
        let nanoseconds =
            Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        let time = String(nanoseconds, radix: 16)
        return
            "\"\(time)-\(String(status.st_size, radix: 16))-\(String(status.st_ino, radix: 16))\""
    }
}
