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
}
