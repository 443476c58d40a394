import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellLanguage

/// A time on the command line: RFC 3339, or how long ago it was (`90s`, `30m`, `2h`, `7d`).
struct Moment: ExpressibleByArgument {
    private enum Form {
        case time(Timestamp)
        case ago(milliseconds: Int64)
    }

    private let form: Form

    init?(argument: String) {
        if let time = StatesTimestamp(parsing: argument) {
            form = .time(Timestamp(milliseconds: time.milliseconds))
            return
        }
        let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = argument.last.flatMap({ units[$0] }),
            let count = Int64(argument.dropLast()),
            (0...1_000_000).contains(count)
        else { return nil }
        form = .ago(milliseconds: count * unit)
    }

    /// The time, counted back from `now` where it is relative.
    func time(before now: Timestamp = SystemClock().now()) -> Timestamp {
        switch form {
        case .time(let time): time
        case .ago(let milliseconds): now.advanced(byMilliseconds: -milliseconds)
        }
    }
}
