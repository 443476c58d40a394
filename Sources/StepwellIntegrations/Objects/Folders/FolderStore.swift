import Glibc

/// A folder that stands for a bucket: `s3://BUCKET/KEY` is the file `KEY` in it.
///
/// A key names a file below the folder and nothing else: none with an empty part, `.` or `..`, and
/// no symbolic link is followed on the way.
package struct FolderStore: ObjectStore {
    private let directory: String

    /// Objects on their way are files in this folder of the bucket's, which no key can name.
    static let partial = ".stepwell-partial"

    package init(directory: String) {
        self.directory = directory
    }

    package func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody {
        FolderBody(try file(of: object, tag: tag), from: offset, of: object)
    }

    package func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart {
        let file = try file(of: object, tag: tag)
        let range = range.clamped(to: 0..<file.size)
        let bytes = try file.read(range, of: object)
        return ObjectPart(bytes: bytes, size: file.size, tag: file.tag)
    }

    /// The file of an object, which has to be known by `tag` if that is given.
    private func file(of object: ObjectName, tag: String?) throws(ObjectFault) -> FolderFile {
        guard object.version == nil else {
            throw .failed("The folder of the bucket \(object.bucket) keeps no versions of objects.")
        }
        let parts = try Self.parts(of: object)
        var folder = try root(of: object.bucket)
        for part in parts.dropLast() { folder = try folder.folder(part, of: object) }
        let file = try folder.file(parts[parts.count - 1], of: object)
        if let tag, !tag.utf8.elementsEqual(file.tag.utf8) { throw .changed(object) }
        return file
    }

    package func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister {
        FolderLister(try root(of: bucket), prefix: prefix, after: key)
    }

    package func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {
        let parts = try Self.parts(of: object)
        let root = try root(of: object.bucket)
        let partial = try root.folder(Self.partial, of: object, isMade: true)
        var folder = root
        for part in parts.dropLast() {
            folder = try folder.folder(part, of: object, isMade: true)
        }
        try partial.write(bytes, to: parts[parts.count - 1], in: folder, of: object)
    }

    private func root(of bucket: String) throws(ObjectFault) -> FolderHandle {
        // The folder itself is the operator's choice, link or not.
        let descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw .system(directory) }
            throw .failed("The folder \(directory) of the bucket \(bucket) does not exist.")
        }
        return FolderHandle(descriptor)
    }

    /// The parts of a key, each the name of a folder or, the last, of a file.
    static func parts(of object: ObjectName) throws(ObjectFault) -> [String] {
        let parts = object.key.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts {
            let name = part.utf8
            if name.isEmpty { throw .unusableKey(object, "a part of it is empty") }
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) {
                throw .unusableKey(object, "a part of it is '\(part)'")
            }
            if name.contains(0) { throw .unusableKey(object, "it has a NUL") }
            if name.count > Int(NAME_MAX) {
                throw .unusableKey(object, "a part of it has more than \(NAME_MAX) bytes")
            }
        }
        if let first = parts.first, first.utf8.elementsEqual(partial.utf8) {
            throw .unusableKey(object, "'\(partial)' is where objects are written first")
        }
        return parts.map(String.init)
    }
}

extension ObjectFault {
    /// What the system says of a path, by `errno`.
    static func system(_ path: String) -> ObjectFault {
        let code = errno
        let text = "\(path): \(String(cString: strerror(code)))"
        return code == EACCES || code == EPERM || code == EROFS ? .denied(text) : .failed(text)
    }
}
