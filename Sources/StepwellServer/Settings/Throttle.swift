package import StepwellEngine
import StepwellHistory
import Synchronization

/// Refuses calls of an operation that come faster than its token bucket fills.
package final class Throttle: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: Timestamp
    }

    private let rates: [String: TokenRate]
    private let clock: any EngineClock
    private let buckets = Mutex<[String: Bucket]>([:])

    /// A throttle with full buckets; operations without a rate are never refused.
    package init(rates: [String: TokenRate], clock: any EngineClock) {
        self.rates = rates
        self.clock = clock
    }

    /// Takes a token of an operation.
    ///
    /// - Throws: `ThrottlingException` when there is none.
    func admit(_ operation: String) throws(ServiceError) {
        guard let rate = rates[operation] else { return }
        let now = clock.now()
        let isAdmitted = buckets.withLock { buckets in
            var bucket = buckets[operation] ?? Bucket(tokens: rate.bucketSize, time: now)
            // A clock that was set back fills nothing.
            let passed = max(0, now.milliseconds - bucket.time.milliseconds)
            bucket.tokens += Double(passed) / 1_000 * rate.refillPerSecond
            bucket.tokens = min(bucket.tokens, rate.bucketSize)
            bucket.time = now
            let isAdmitted = bucket.tokens >= 1
            if isAdmitted { bucket.tokens -= 1 }
            buckets[operation] = bucket
            return isAdmitted
        }
        guard isAdmitted else {
            throw ServiceError(code: "ThrottlingException", message: "Rate exceeded")
        }
    }
}

extension Throttle {
    /// The operations that can have a rate, by name.
    package static var operations: [String] {
        // Order-free: sorted.
        Operation.all.keys.sorted()
    }
}
