import Testing

@testable import StepwellIntegrations

@Suite("Unpacking")
struct InflateTests {
    @Test("Stored, fixed and dynamic blocks")
    func blocks() throws {
        let fixed = try #require(Base64.decode("Ky5JLShPzclRKEZnAAA="))
        let text = Array("stepwell stepwell stepwell".utf8)
        #expect(try Inflate.unpack(fixed, limit: 100).data == text)
        let stored = try #require(Base64.decode("AQYA+f9zdG9yZWQ="))
        #expect(try Inflate.unpack(stored, limit: 100).data == Array("stored".utf8))
        let packed = try #require(Base64.decode(Self.gzip))
        let unpacked = try Gzip.unpack(packed, limit: 1 << 20)
        #expect(unpacked.count == 2544)
        #expect(CRC32.checksum(unpacked) == 4138893573)
    }

    @Test("More than the limit is refused, and so is what is cut or changed")
    func limits() throws {
        let packed = try #require(Base64.decode(Self.gzip))
        #expect(throws: Inflate.Fault.tooLarge) { _ = try Gzip.unpack(packed, limit: 100) }
        for count in 0..<packed.count {
            #expect(throws: Inflate.Fault.self) {
                _ = try Gzip.unpack(Array(packed.prefix(count)), limit: 1 << 20)
            }
        }
        let whole = try Gzip.unpack(packed, limit: 1 << 20)
        for place in 10..<packed.count {
            for bit in 0..<8 {
                var changed = packed
                changed[place] ^= 1 << UInt8(bit)
                // The last four bytes are the size, which is not looked at.
                if let result = try? Gzip.unpack(changed, limit: 1 << 20) {
                    #expect(result == whole)
                }
            }
        }
    }

    @Test("Noise never unpacks beyond the limit")
    func noise() {
        var generator = Xorshift(state: 88_172_645_463_325_252)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 1..<200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let result = try? Inflate.unpack(bytes, limit: 4_096)
            #expect((result?.data.count ?? 0) <= 4_096)
        }
    }

    private struct Xorshift: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let gzip = """
        H4sIAAAAAAACA1MqzkgsSFWyUgouKcrMS1fSCVJCF8EQ8FPHVJOSn1yam5pXkliSmZ8HlLApsAvJSFXI
        S8xNVchPU8gs0bPRL7DDYhj5RmG6ogBDJJMI+8h2gJG+O4Zm3UyiteuQ4bZ44gN6ABUS9IaWG/VtdaEg
        UQ5AEKQPzZgkVmclhtZa98zhkXjJDxSDwRRDQ0GhLxmxYYshEjeYQjMPw46K/DKidZeP9CxEjtkY7RcM
        ESvyHeQzqLIqQb8DAAWBsvbwCQAA
        """.filter { !$0.isNewline }
}
