import StepwellEngine
import StepwellHistory
import Synchronization

/// Token buckets, by name.
final class RouteRates: Sendable {
    private struct Bucket: Sendable {
        var tokens: Double
        var time: Timestamp
    }

    private let clock: any EngineClock
    private let buckets = Mutex<[String: Bucket]>([:])

    init(clock: any EngineClock) {
        self.clock = clock
    }

    /// Takes a token, if there is one.
    func admit(_ name: String, _ rate: RouteRate) -> Bool {
        let now = clock.now()
        return buckets.withLock { buckets in
            var bucket = buckets[name] ?? Bucket(tokens: rate.burst, time: now)
            // A clock that was set back fills nothing.
            let passed = max(0, now.milliseconds - bucket.time.milliseconds)
            bucket.tokens = min(
                rate.burst,
                bucket.tokens + Double(passed) / 1_000 * rate.perSecond
            )
            bucket.time = now
            let isAdmitted = bucket.tokens >= 1
            if isAdmitted { bucket.tokens -= 1 }
            buckets[name] = bucket
            return isAdmitted
        }
    }
}
