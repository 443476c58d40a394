import Glibc
import Synchronization

/// A file that is being read.
final class FolderBody: ObjectBody {
    /// The bytes of one read.
    private static let chunk = 256 << 10

    private let file: FolderFile
    private let object: ObjectName
    private let offset: Atomic<Int>

    init(_ file: FolderFile, from offset: Int, of object: ObjectName) {
        self.file = file
        self.object = object
        self.offset = Atomic(offset)
    }

    var tag: String { file.tag }

    func next() async throws(ObjectFault) -> [UInt8] {
        let start = offset.load(ordering: .relaxed)
        let bytes = try file.readOnce(start..<start + Self.chunk, of: object)
        offset.store(start + bytes.count, ordering: .relaxed)
        return bytes
    }
}

extension FolderFile {
    /// Reads a range, all that the file has of it.
    func read(_ range: Range<Int>, of object: ObjectName) throws(ObjectFault) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < range.count {
            let start = range.lowerBound + bytes.count
            let more = try readOnce(start..<range.upperBound, of: object)
            if more.isEmpty { break }
            if bytes.isEmpty { bytes = more } else { bytes += more }
        }
        return bytes
    }

    /// Reads from the beginning of a range on, at least a byte if there is one.
    fileprivate func readOnce(
        _ range: Range<Int>,
        of object: ObjectName
    ) throws(ObjectFault) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            repeat {
                count = pread(
                    handle.descriptor,
                    buffer.baseAddress,
                    buffer.count,
                    off_t(range.lowerBound)
                )
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .system("\(object)") }
        // A file that is written to while it is read is no dataset.
        guard FolderFile(handle).tag.utf8.elementsEqual(tag.utf8) else { throw .changed(object) }
        return bytes
    }
}
