/// An object whose bytes are read here and there, all of the same content.
final class ObjectBytes {
    private let store: any ObjectStore
    let name: ObjectName
    private(set) var tag: String?
    private(set) var size = 0
    /// Bytes that were read together, and where they are.
    private var held: (bytes: [UInt8], start: Int) = ([], 0)

    init(_ name: ObjectName, in store: any ObjectStore, tag: String?) {
        self.name = name
        self.store = store
        self.tag = tag
    }

    /// The bytes of a range, all of which have to be there.
    func read(_ range: Range<Int>) async throws(ParquetFault) -> [UInt8] {
        if range.isEmpty { return [] }
        let start = range.lowerBound - held.start
        if start >= 0, start + range.count <= held.bytes.count {
            return Array(held.bytes[start..<start + range.count])
        }
        let part: ObjectPart
        do throws(ObjectFault) {
            part = try await store.read(name, range, tag: tag)
        } catch {
            throw .object(error)
        }
        (tag, size) = (part.tag, part.size)
        guard part.bytes.count == range.count else { throw .endsEarly }
        return part.bytes
    }

    /// Reads a range at once; what is asked for of it from then on is there.
    func hold(_ range: Range<Int>) async throws(ParquetFault) {
        held = (try await read(range), range.lowerBound)
    }

    /// Forgets what was read together.
    func letGo() { held = ([], 0) }
}
