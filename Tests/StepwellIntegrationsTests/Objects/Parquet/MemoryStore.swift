import StepwellIntegrations
import Synchronization

/// A bucket with one object, which is in memory.
final class MemoryStore: ObjectStore {
    private let content: [UInt8]
    /// The ranges that were read.
    let ranges = Mutex<[Range<Int>]>([])

    init(_ content: [UInt8]) {
        self.content = content
    }

    func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody {
        throw .noSuchKey(object)
    }

    func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart {
        ranges.withLock { $0.append(range) }
        let part = range.clamped(to: 0..<content.count)
        return ObjectPart(bytes: Array(content[part]), size: content.count, tag: "t")
    }

    func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister {
        throw .noSuchBucket(bucket)
    }

    func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {
        throw .denied("read only")
    }
}
