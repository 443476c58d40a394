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
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, filled in
            repeat {
                count = pread(
                    file.handle.descriptor,
                    buffer.baseAddress,
                    buffer.count,
                    off_t(start)
                )
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .system("\(object)") }
        // A file that is written to while it is read is no dataset.
        guard FolderFile(file.handle).tag.utf8.elementsEqual(file.tag.utf8) else {
            throw .changed(object)
        }
        offset.store(start + count, ordering: .relaxed)
        return bytes
    }
}
