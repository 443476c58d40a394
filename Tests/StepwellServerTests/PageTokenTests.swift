import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("Page tokens")
struct PageTokenTests {
    private struct FixedClock: EngineClock {
        var time: Int64
        func now() -> Timestamp { Timestamp(milliseconds: time) }
        func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 { 0 }
    }

    private static let listing = ["ListExecutions", "arn", "RUNNING"]

    private func tokens(at time: Int64 = 0, store: UInt8 = 7) -> PageTokens {
        PageTokens(storeID: Array(repeating: store, count: 16), clock: FixedClock(time: time))
    }

    private func opened(_ token: String, at time: Int64 = 0, store: UInt8 = 7) -> String? {
        try? tokens(at: time, store: store).open(token, of: Self.listing)
    }

    @Test("A token comes back, within a day and by the same store")
    func roundTrip() {
        let token = tokens().seal("place", of: Self.listing)
        #expect(opened(token) == "place")
        #expect(opened(token, at: 86_399_999) == "place")
        #expect(opened(token, at: 86_400_000) == nil)
        #expect(opened(token, store: 8) == nil)
    }

    @Test("A token is good for its listing only")
    func bound() throws {
        let token = tokens().seal("place", of: Self.listing)
        for other in [["ListExecutions", "arn"], ["ListExecutions", "arnRUNNING", ""], []] {
            #expect(throws: ServiceError.badPageToken) { try tokens().open(token, of: other) }
        }
    }

    @Test("No character of a token can be changed, taken away or added")
    func forged() {
        let token = Array(tokens().seal("place", of: Self.listing).utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : 0x41
            #expect(opened(String(decoding: changed, as: UTF8.self)) == nil, "\(index)")
            let cut = token[..<index]
            #expect(opened(String(decoding: cut, as: UTF8.self)) == nil, "\(index)")
        }
        #expect(opened(String(decoding: token, as: UTF8.self) + "A") == nil)
    }
}
