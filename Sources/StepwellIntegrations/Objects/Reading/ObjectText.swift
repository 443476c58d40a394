import StepwellEngine

/// The text of an object, from a place on, decompressed when it is compressed.
struct ObjectText: Sendable {
    private let body: any ObjectBody
    private var inflater: Inflater?
    /// Decompressed bytes that are passed over yet.
    private var skipped = 0
    /// Bytes that were read to see what the object is.
    private var first: [UInt8]?
    /// Compressed bytes that were read and are not decompressed yet.
    private var compressed: ArraySlice<UInt8> = []
    let name: ObjectName

    var isCompressed: Bool { inflater != nil }
    var tag: String { body.tag }

    /// Opens an object at its beginning, and sees whether it is compressed.
    init(_ name: ObjectName, in store: any ObjectStore) async throws(ObjectFault) {
        self.name = name
        body = try await store.open(name, from: 0, tag: nil)
        var bytes = try await body.next()
        while (1..<2).contains(bytes.count) {
            let more = try await body.next()
            if more.isEmpty { break }
            bytes += more
        }
        first = bytes
        if bytes.starts(with: [0x1F, 0x8B]) { inflater = Inflater() }
    }

    /// Opens an object where it was left.
    init(_ current: ItemCursor.Current, in store: any ObjectStore) async throws(ObjectFault) {
        name = current.name
        let start = current.isCompressed ? 0 : current.place.offset
        body = try await store.open(name, from: start, tag: current.tag)
        guard current.isCompressed else { return }
        inflater = Inflater()
        skipped = current.place.offset
    }

    /// Compressed bytes that are decompressed at once: they become a thousand times as many, at
    /// most.
    private static let slice = 4 << 10

    private mutating func read() async throws(ObjectFault) -> [UInt8] {
        guard let first else { return try await body.next() }
        self.first = nil
        return first
    }

    /// The next bytes; none at the end.
    mutating func next() async throws(ObjectFault) -> [UInt8] {
        guard inflater != nil else { return try await read() }
        while true {
            if compressed.isEmpty { compressed = try await read()[...] }
            var bytes = Array(compressed.prefix(Self.slice))
            compressed = compressed.dropFirst(Self.slice)
            let isEnd = bytes.isEmpty
            if isEnd, inflater?.isBetweenMembers == false {
                throw .failed("\(name) ends too early.")
            }
            do throws(InflateFault) {
                bytes = try inflater?.feed(bytes) ?? []
            } catch {
                throw .failed("\(name) is not gzip, although it begins so.")
            }
            if skipped > 0 {
                let count = min(skipped, bytes.count)
                skipped -= count
                bytes.removeFirst(count)
            }
            if isEnd || !bytes.isEmpty { return bytes }
        }
    }
}
