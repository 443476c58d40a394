import StepwellHistory
import Testing

@Suite("Digests of definitions")
struct DefinitionDigestTests {
    @Test("SHA-256 of the text's UTF-8 (the test vector of FIPS 180 for 'abc')")
    func vector() {
        let digest = DefinitionDigest(of: "abc")
        #expect(digest == DefinitionDigest(of: Array("abc".utf8)))
        #expect(digest.bytes.count == 32)
        #expect(Array(digest.bytes.prefix(4)) == [0xBA, 0x78, 0x16, 0xBF])
        #expect(Array(digest.bytes.suffix(4)) == [0xF2, 0x00, 0x15, 0xAD])
        #expect(digest != DefinitionDigest(of: "abc "))
    }
}
