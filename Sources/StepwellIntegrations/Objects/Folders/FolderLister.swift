import Glibc
import Synchronization

/// Lists the files below a folder in the order of their keys, which is that of their bytes.
///
/// Of each folder on the way down the names are in memory, and no more.
final class FolderLister: ObjectLister {
    /// Objects given at once.
    private static let page = 1_000

    /// A folder on the way down, with the names in it that are not dealt with yet.
    private struct Level: Sendable {
        let folder: FolderHandle
        /// What the keys of its files begin with.
        let path: String
        /// Names, those of folders with a `/` behind; the last is the next.
        var names: [String]
    }

    private struct State: Sendable {
        var levels: [Level]
    }

    private let prefix: [UInt8]
    private let after: [UInt8]
    private let state: Mutex<State>

    init(_ root: FolderHandle, prefix: String, after key: String?) {
        self.prefix = Array(prefix.utf8)
        after = Array((key ?? "").utf8)
        state = Mutex(State(levels: []))
        let level = level(root, path: "")
        state.withLock { $0.levels = [level] }
    }

    func next() async throws(ObjectFault) -> [ListedObject] {
        state.withLock { state in
            var objects: [ListedObject] = []
            while objects.count < Self.page, let object = nextObject(&state) {
                objects.append(object)
            }
            return objects
        }
    }

    private func nextObject(_ state: inout State) -> ListedObject? {
        while let last = state.levels.indices.last {
            guard let name = state.levels[last].names.popLast() else {
                state.levels.removeLast()
                continue
            }
            let level = state.levels[last]
            let key = level.path + name
            guard name.utf8.last == UInt8(ascii: "/") else {
                if let object = object(name, key: key, in: level.folder) { return object }
                continue
            }
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            let found = openat(level.folder.descriptor, String(name.dropLast()), flags)
            // One that is gone, or not to be read, has no objects.
            guard found >= 0 else { continue }
            state.levels.append(self.level(FolderHandle(found), path: key))
        }
        return nil
    }

    private func object(_ name: String, key: String, in folder: FolderHandle) -> ListedObject? {
        var status = stat()
        guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        return ListedObject(
            key: key,
            size: Int(status.st_size),
            tag: FolderFile.tag(status),
            lastModified: Int64(status.st_mtim.tv_sec)
        )
    }

    private func level(_ folder: FolderHandle, path: String) -> Level {
        let names = Self.names(in: folder).filter { isWanted(Array((path + $0).utf8)) }
        let sorted = names.sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }
        return Level(folder: folder, path: path, names: sorted)
    }

    /// Whether a key, or one that begins with that of a folder, is listed.
    private func isWanted(_ key: [UInt8]) -> Bool {
        guard key.last == UInt8(ascii: "/") else {
            return key.starts(with: prefix) && after.lexicographicallyPrecedes(key)
        }
        if key.elementsEqual((FolderStore.partial + "/").utf8) { return false }
        guard key.starts(with: prefix) || prefix.starts(with: key) else { return false }
        return after.starts(with: key) || after.lexicographicallyPrecedes(key)
    }

    /// The files and folders in a folder; what is neither is no object.
    private static func names(in folder: FolderHandle) -> [String] {
        let copy = openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let type = Int32(entry.pointee.d_type)
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            // A key is UTF-8.
            guard let name, name != ".", name != ".." else { continue }
            if type == Int32(DT_DIR) || type == Int32(DT_UNKNOWN) && isFolder(name, in: folder) {
                names.append(name + "/")
            } else if type == Int32(DT_REG) || type == Int32(DT_UNKNOWN) {
                names.append(name)
            }
        }
        return names
    }

    private static func isFolder(_ name: String, in folder: FolderHandle) -> Bool {
        var status = stat()
        return fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFDIR
    }
}
