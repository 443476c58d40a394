import Logging
import NIOCore
import Synchronization

/// Writes down what is refused: one by one while that is seldom, by number when it is not, so that
/// whoever is refused cannot fill the log.
final class RefusalLog: Sendable {
    private struct State {
        var end = NIODeadline.uptimeNanoseconds(0)
        var said = 0
        var unsaid = 0
    }

    private let state = Mutex(State())
    private let logger: Logger
    private let period: TimeAmount
    private let limit: Int

    /// A log of so many lines in a period at most.
    init(_ logger: Logger, limit: Int = 60, every period: TimeAmount = .minutes(1)) {
        self.logger = logger
        self.limit = limit
        self.period = period
    }

    /// A text from outside on one line: its first 200 characters, without what controls a terminal.
    static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard plain.count < 200 else { break }
            plain.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return String(plain)
    }

    /// Writes down that something was refused.
    func note(_ message: Logger.Message, _ metadata: @autoclosure () -> Logger.Metadata) {
        let (isSaid, unsaid) = state.withLock { state in
            var unsaid = 0
            let now = NIODeadline.now()
            if now >= state.end {
                unsaid = state.unsaid
                state = State(end: now + period)
            }
            guard state.said < limit else {
                state.unsaid += 1
                return (false, unsaid)
            }
            state.said += 1
            return (true, unsaid)
        }
        if unsaid > 0 {
            logger.notice(
                "more requests were refused than are written down one by one",
                metadata: ["count": "\(unsaid)"]
            )
        }
        if isSaid { logger.notice(message, metadata: metadata()) }
    }
}
