import StepwellHistory
import StepwellLanguage
import Synchronization

/// How far the clocks of services are from this one's, as their answers have shown it.
///
/// A service refuses what was signed at a time that is far from its own; the answer says what time
/// it has, and the call is signed again by that.
final class ClockSkew: Sendable {
    /// What services take for the same time, in milliseconds.
    private static let tolerance: Int64 = 4 * 60_000
    private static let kept = 256

    private let offsets = Mutex<[String: Int64]>([:])

    /// What to add to this clock's time for an endpoint, in milliseconds.
    func offset(at endpoint: String) -> Int64 { offsets.withLock { $0[endpoint] ?? 0 } }

    /// Takes over the time of a refusal, when it is another than was signed for.
    func learn(from answer: OutgoingAnswer, at endpoint: String, now: Timestamp) {
        guard let text = answer.header("date"), let time = TimestampText.parse(rfc822: text) else {
            return
        }
        let offset = time.milliseconds - now.milliseconds
        offsets.withLock { offsets in
            guard abs(offset - (offsets[endpoint] ?? 0)) > Self.tolerance else { return }
            if offsets.count >= Self.kept { offsets.removeAll() }
            offsets[endpoint] = offset
        }
    }
}
