import StepwellHistory
import Testing

@Suite("Golden turns")
struct GoldenTests {
    private static let previous = TurnDigest(bytes: Array(200..<232))

    @Test("Version 1 is written as it ever was", arguments: Samples.families.map(\.name))
    func written(_ family: String) throws {
        let turn = try #require(Samples.families.first { $0.name == family }?.turn)
        let golden = try #require(GoldenTurns.version1.first { $0.name == family }?.bytes)
        let (bytes, _) = TurnCodec.encode(turn, previous: Self.previous, shard: 513)
        #expect(Self.hexadecimal(bytes) == golden.filter { $0 != "\n" })
    }

    @Test("Version 1 is read as it ever was", arguments: Samples.families.map(\.name))
    func read(_ family: String) throws {
        let turn = try #require(Samples.families.first { $0.name == family }?.turn)
        let golden = try #require(GoldenTurns.version1.first { $0.name == family }?.bytes)
        let bytes = try Self.bytes(golden.filter { $0 != "\n" })
        #expect(try TurnCodec.decode(bytes) { _ in nil } == turn)
        #expect(try TurnCodec.peek(bytes).previous == Self.previous)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map { place in
            let pair = String(decoding: digits[place..<min(place + 2, digits.count)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw TestFailure("no hex: \(pair)") }
            return byte
        }
    }
}
