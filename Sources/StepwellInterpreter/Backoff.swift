import StepwellLanguage

/// The waiting time before a retry (ASL specification, "Retrying after error").
///
/// Computed by repeated multiplication of doubles, so that it does not depend on a math library.
enum Backoff {
    /// Milliseconds before the retry with this number, from 1, without jitter.
    static func delay(of retrier: Retrier, attempt: Int) -> Int64 {
        var seconds = Double(retrier.intervalSeconds)
        let cap = Double(retrier.maxDelaySeconds ?? maxDelaySeconds)
        var step = 1
        while step < attempt, seconds < cap {
            seconds *= retrier.backoffRate
            step += 1
        }
        return Int64(min(seconds, cap) * 1000)
    }

    /// FULL jitter: a time between 0 and the delay, drawn from 64 random bits.
    static func jittered(_ delay: Int64, word: UInt64) -> Int64 {
        Int64(UInt64(max(delay, 0) + 1).multipliedFullWidth(by: word).high)
    }

    /// The longest that anything may wait: AWS's bound for `IntervalSeconds`.
    private static let maxDelaySeconds: Int64 = 99_999_999
}
