import StepwellEngine
import StepwellHistory
import Synchronization
import Testing

@testable import StepwellServer

@Suite("Token buckets")
struct ThrottleTests {
    private final class HandClock: EngineClock {
        private let time = Atomic<Int64>(1_000_000)
        func now() -> Timestamp { Timestamp(milliseconds: time.load(ordering: .relaxed)) }
        func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 { 0 }
        func pass(_ milliseconds: Int64) { time.add(milliseconds, ordering: .relaxed) }
    }

    private func admitted(_ throttle: Throttle, _ name: String, of calls: Int) -> Int {
        (0..<calls).filter { _ in (try? throttle.admit(name)) != nil }.count
    }

    @Test("As many at once as the bucket holds, then as fast as it fills")
    func bucket() {
        let clock = HandClock()
        let rate = TokenRate(bucketSize: 3, refillPerSecond: 2)
        let throttle = Throttle(rates: ["StopExecution": rate], clock: clock)
        #expect(admitted(throttle, "StopExecution", of: 10) == 3)
        clock.pass(499)
        #expect(admitted(throttle, "StopExecution", of: 10) == 0)
        clock.pass(1)
        #expect(admitted(throttle, "StopExecution", of: 10) == 1)
        clock.pass(3_600_000)
        #expect(admitted(throttle, "StopExecution", of: 10) == 3, "no more than the bucket holds")
        clock.pass(-10_000)
        #expect(admitted(throttle, "StopExecution", of: 10) == 0)
        #expect(admitted(throttle, "StartExecution", of: 100) == 100, "it has no rate")
    }

    @Test("The refusal is AWS's")
    func refusal() {
        let rate = TokenRate(bucketSize: 1, refillPerSecond: 1)
        let throttle = Throttle(rates: ["StopExecution": rate], clock: HandClock())
        _ = admitted(throttle, "StopExecution", of: 1)
        let expected = ServiceError(code: "ThrottlingException", message: "Rate exceeded")
        #expect(throws: expected) { try throttle.admit("StopExecution") }
    }

    @Test("AWS's rates are those of the region, and of operations that there are")
    func published() {
        let start = TokenRate(bucketSize: 1_300, refillPerSecond: 300)
        #expect(TokenRate.published(region: "us-east-1")["StartExecution"] == start)
        let smaller = TokenRate(bucketSize: 800, refillPerSecond: 150)
        #expect(TokenRate.published(region: "eu-central-1")["StartExecution"] == smaller)
        let published = TokenRate.published(region: "x").keys
        #expect(Set(published).isSubset(of: Throttle.operations))
    }
}
