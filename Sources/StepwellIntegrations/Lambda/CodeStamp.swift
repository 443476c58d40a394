import Glibc

/// What stands for the code in a directory: other when a file has changed, come or gone.
///
/// Left out are hidden files, `__pycache__` and what is inside `node_modules`, and everything
/// beyond 20,000 files.
struct CodeStamp: Sendable, Hashable {
    private static let maximumFiles = 20_000
    private static let maximumDepth = 32

    private var sum: UInt64 = 0
    private var files = 0

    /// Looks at every file; blocks while it reads the directories.
    init(directory: String) {
        add(folder: directory, depth: 0)
    }

    private mutating func add(folder: String, depth: Int) {
        guard depth < Self.maximumDepth, let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while files < Self.maximumFiles, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.utf8.first != UInt8(ascii: "."), name != "__pycache__" else { continue }
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFLNK { _ = stat(path, &status) }
            files += 1
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            guard isFolder, name != "node_modules" else {
                add(path, status)
                continue
            }
            add(folder: path, depth: depth + 1)
        }
    }

    /// In no order, as directories are.
    private mutating func add(_ path: String, _ status: stat) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in path.utf8 { mix(byte) }
        let numbers = [
            UInt64(bitPattern: Int64(status.st_mtim.tv_sec)),
            UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)),
            UInt64(bitPattern: Int64(status.st_size)), UInt64(status.st_ino),
            UInt64(status.st_mode),
        ]
        for number in numbers {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                mix(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        sum &+= hash
    }
}
