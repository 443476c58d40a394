import StepwellHistory
import Synchronization

/// The time of an answer, as its header field `Date` has it (RFC 9110, 5.6.7).
enum HTTPDate {
    private struct State {
        var second = Int64.min
        var text = ""
    }

    // The epoch was a Thursday.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The last text made: it serves every answer of its second.
    private static let last = Mutex(State())

    /// The text of a time after the epoch.
    static func text(of time: Timestamp) -> String {
        let second = time.milliseconds / 1000
        return last.withLock { state in
            if state.second != second { state = State(second: second, text: made(second)) }
            return state.text
        }
    }

    private static func made(_ second: Int64) -> String {
        let text = Array(Timestamp(milliseconds: second * 1000).rfc3339.utf8)
        let part = { (range: Range<Int>) in String(decoding: text[range], as: UTF8.self) }
        let day = days[Int(second / 86_400 % 7)]
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(day), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }
}
