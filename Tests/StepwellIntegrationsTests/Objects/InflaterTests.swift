import Synchronization
import Testing

@testable import StepwellIntegrations

@Suite("Decompression of gzip")
struct InflaterTests {
    private static func inflated(_ bytes: [UInt8], by count: Int) throws -> [UInt8] {
        var inflater = Inflater()
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: count) {
            text += try inflater.feed(Array(bytes[start..<min(start + count, bytes.count)]))
        }
        #expect(inflater.isBetweenMembers)
        return text
    }

    @Test("whatever parts the bytes come in", arguments: [1, 2, 7, 100, 100_000])
    func parts(_ count: Int) throws {
        let text = try Self.inflated(CompressedSamples.dynamic, by: count)
        var checksum = Checksum()
        checksum.take(text[...])
        #expect(text.count == CompressedSamples.dynamicCount)
        #expect(checksum.value == CompressedSamples.dynamicChecksum)
        #expect(
            try Self.inflated(CompressedSamples.fixed, by: count)
                == Array("fixed fixed fixed codes".utf8)
        )
        let members = CompressedSamples.stored + CompressedSamples.named
        #expect(try Self.inflated(members, by: count) == Array("stored textnamed".utf8))
    }

    @Test("what is damaged is noticed, or ends too early")
    func damage() throws {
        let whole = CompressedSamples.dynamic
        for place in stride(from: 10, to: whole.count, by: 17) {
            var bytes = whole
            bytes[place] ^= 0x10
            var inflater = Inflater()
            let text = try? inflater.feed(bytes)
            #expect(text == nil || !inflater.isBetweenMembers, "byte \(place)")
        }
        var inflater = Inflater()
        _ = try inflater.feed(Array(whole.dropLast()))
        #expect(!inflater.isBetweenMembers)
    }

    /// An object whose content comes at once.
    private final class Body: ObjectBody {
        private let content: Mutex<[UInt8]>
        let tag = "t"

        init(_ content: [UInt8]) {
            self.content = Mutex(content)
        }

        func next() async throws(ObjectFault) -> [UInt8] {
            content.withLock { content in
                defer { content = [] }
                return content
            }
        }
    }

    private struct Store: ObjectStore {
        let content: [UInt8]

        func open(
            _ object: ObjectName,
            from offset: Int,
            tag: String?
        ) async throws(ObjectFault) -> any ObjectBody { Body(content) }

        func read(
            _ object: ObjectName,
            _ range: Range<Int>,
            tag: String?
        ) async throws(ObjectFault) -> ObjectPart { throw .failed("not read in parts") }

        func list(
            _ bucket: String,
            prefix: String,
            after key: String?
        ) async throws(ObjectFault) -> any ObjectLister { throw .failed("not listed") }

        func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {}
    }

    @Test("what becomes a hundred times as large comes in parts")
    func bomb() async throws {
        // A block of fixed codes: a byte, and 258 like the one before again and again.
        var bits: [UInt8] = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
        let again: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
        for _ in 0..<40_000 { bits += again }
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        for start in stride(from: 0, to: bits.count - 7, by: 8) {
            bytes.append((0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) })
        }
        let name = ObjectName(bucket: "b", key: "k")
        var text = try await ObjectText(name, in: Store(content: bytes))
        var count = 0
        var largest = 0
        while count < 10_000_000 {
            let part = try await text.next().count
            count += part
            largest = max(largest, part)
        }
        #expect(largest < 1 << 20)
    }
}
