import StepwellHistory
import Testing

@Suite("Bytes that are no turn")
struct TurnFuzzTests {
    private static let bytes = TurnCodec.encode(Samples.everything, previous: .origin).bytes

    @Test("A turn cut anywhere is refused")
    func truncation() {
        for length in 0..<Self.bytes.count {
            let cut = Array(Self.bytes[..<length])
            #expect(throws: TurnCodecError.self, "cut at \(length)") {
                try TurnCodec.decode(cut) { _ in nil }
            }
        }
    }

    @Test("A turn with any byte changed is refused")
    func flips() {
        var random = SplitMix(seed: 1)
        for index in Self.bytes.indices {
            var bytes = Self.bytes
            bytes[index] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: TurnCodecError.self, "changed at \(index)") {
                try TurnCodec.decode(bytes) { _ in nil }
            }
        }
    }

    @Test("Changed records under a digest that agrees neither crash nor come back unchanged")
    func resealed() throws {
        let header = try TurnCodec.peek(Self.bytes)
        let body = try TurnCodec.decodeOpaque(Self.bytes).body
        var random = SplitMix(seed: 2)
        var refused = 0
        for round in 0..<4000 {
            var changed = body
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: changed.indices, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            if round.isMultiple(of: 5) { changed.removeLast(round % 97) }
            guard changed != body else { continue }
            let sealed = TurnCodec.encodeOpaque(header: header, body: changed).bytes
            guard let turn = try? TurnCodec.decode(sealed, resolve: { _ in [0x30] }) else {
                refused += 1
                continue
            }
            #expect(turn != Samples.everything, "round \(round)")
        }
        #expect(refused > 1000)
    }

    @Test("Counts and numbers at the ends of their ranges are refused or read, never trapped")
    func extremes() throws {
        let body = try TurnCodec.decodeOpaque(Self.bytes).body
        let header = try TurnCodec.peek(Self.bytes)
        for (ordinal, id, records, events) in [
            (UInt64.max, EventID.max, Int.max, Int.max), (0, .min, 0, 0), (.max, 1, 1, 1),
            (1, .max, 3, 0), (1, .max, Int.max, 0), (1, 1, Int.max, Int.max), (0, 0, 0, Int.max),
        ] {
            var changed = header
            changed.firstOrdinal = Ordinal(ordinal)
            changed.firstEventID = id
            changed.recordCount = records
            changed.eventCount = events
            let sealed = TurnCodec.encodeOpaque(header: changed, body: body).bytes
            if let read = try? TurnCodec.peek(sealed) {
                #expect(read == changed)
                _ = (read.lastOrdinal, read.lastEventID)
            }
            _ = try? TurnCodec.peekStart(sealed)
            #expect(throws: TurnCodecError.self) { try TurnCodec.decode(sealed) { _ in nil } }
        }
    }

    @Test("Random bytes are refused")
    func noise() {
        var random = SplitMix(seed: 3)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...200, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            if !bytes.isEmpty { bytes[0] = 1 }
            _ = try? TurnCodec.peek(bytes)
            _ = try? TurnCodec.peekStart(bytes)
            #expect(throws: TurnCodecError.self) { try TurnCodec.decode(bytes) { _ in nil } }
        }
    }
}
