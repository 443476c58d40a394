package import Logging
package import StepwellHistory
import Synchronization

/// The newest lines of a server's log, for who looks at them while it runs.
package final class LogRing: Sendable {
    /// A line of the log.
    package struct Line: Sendable {
        /// Its number; the next line's is one more.
        package let number: Int
        package let time: Timestamp
        package let level: Logger.Level
        package let message: String
        /// What goes with the message, in order of the names.
        package let metadata: [(name: String, value: String)]
    }

    private struct State: Sendable {
        var lines: [Line?]
        var count = 0
    }

    /// How many lines are kept.
    package static let capacity = 2_000
    /// As much of a message or value as is kept, in bytes.
    private static let textBytes = 4_096

    private let state = Mutex(State(lines: [Line?](repeating: nil, count: capacity)))

    package init() {}

    /// How many lines there have been: the number of the newest.
    package var count: Int { state.withLock { $0.count } }

    /// Keeps a line in the place of the oldest.
    func add(
        _ level: Logger.Level,
        _ message: String,
        _ metadata: [(name: String, value: String)],
        at time: Timestamp
    ) {
        state.withLock { state in
            state.count += 1
            state.lines[state.count % Self.capacity] = Line(
                number: state.count,
                time: time,
                level: level,
                message: Self.cut(message),
                metadata: metadata.map { ($0.name, Self.cut($0.value)) }
            )
        }
    }

    /// The lines behind a number, oldest first, at most `limit`; from the oldest that is kept when
    /// earlier ones are gone.
    package func lines(after number: Int, limit: Int = capacity) -> [Line] {
        state.withLock { state in
            guard number < state.count else { return [] }
            let first = max(number, state.count - Self.capacity, 0) + 1
            return (first...min(state.count, first + limit - 1)).compactMap {
                state.lines[$0 % Self.capacity]
            }
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= textBytes
            ? text : String(decoding: text.utf8.prefix(textBytes), as: UTF8.self) + "…"
    }
}
