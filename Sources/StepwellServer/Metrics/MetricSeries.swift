import Glibc
import Metrics
import Synchronization

/// One series: a metric under one set of labels.
///
/// Every kind of metric is one, and keeps what its kind shows.
final class MetricSeries: CounterHandler, RecorderHandler, TimerHandler, MeterHandler, Sendable {
    /// What a series is, in Prometheus's words.
    enum Kind: String, Sendable {
        case counter
        case gauge
        case summary
        case histogram
    }

    /// What a series has come to.
    struct Value: Sendable {
        /// The newest value of a gauge, the sum of what the others were given.
        var sum = 0.0
        var count: Int64 = 0
        /// How many values were at most as large as each of ``MetricSeries/bounds``.
        var buckets: [Int64] = []
        /// What came in each of the last minutes, in a counter: that of minute n at n modulo.
        var minutes: [Int64] = []
        /// The newest minute that has something.
        var minute: Int64 = 0
    }

    /// How many minutes are kept of a counter.
    static let keptMinutes = 60

    /// The bounds of a histogram's buckets, in seconds.
    static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60,
    ]

    let kind: Kind
    private let contents: Mutex<Value>

    init(_ kind: Kind) {
        self.kind = kind
        let buckets = kind == .histogram ? Self.bounds.count : 0
        let minutes = kind == .counter ? Self.keptMinutes : 0
        contents = Mutex(
            Value(
                buckets: [Int64](repeating: 0, count: buckets),
                minutes: [Int64](repeating: 0, count: minutes)
            )
        )
    }

    /// What it has come to by now.
    var value: Value { contents.withLock { $0 } }

    func increment(by amount: Int64) {
        let minute = Self.currentMinute
        contents.withLock { value in
            value.sum += Double(amount)
            value.count += 1
            guard kind == .counter else { return }
            Self.pass(to: minute, in: &value)
            value.minutes[Int(minute % Int64(Self.keptMinutes))] += amount
        }
    }

    /// What a counter was given in each of the last minutes, oldest first; the last is not over.
    var lastMinutes: [Int64] {
        let minute = Self.currentMinute
        return contents.withLock { value in
            guard kind == .counter else { return [] }
            Self.pass(to: minute, in: &value)
            let first = Int((minute + 1) % Int64(Self.keptMinutes))
            return Array(value.minutes[first...] + value.minutes[..<first])
        }
    }

    /// The minutes since the epoch.
    private static var currentMinute: Int64 { Int64(time(nil)) / 60 }

    /// Empties the places of the minutes in which nothing came.
    private static func pass(to minute: Int64, in value: inout Value) {
        guard minute > value.minute else { return }
        for passed in max(value.minute + 1, minute - Int64(keptMinutes) + 1)...minute {
            value.minutes[Int(passed % Int64(keptMinutes))] = 0
        }
        value.minute = minute
    }

    func reset() { contents.withLock { $0.sum = 0 } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        if kind == .gauge { set(value) } else { add(value) }
    }

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1_000_000_000
        contents.withLock { value in
            value.sum += seconds
            value.count += 1
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
                value.buckets[index] += 1
            }
        }
    }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { contents.withLock { $0.sum = value } }

    func increment(by amount: Double) { add(amount) }

    func decrement(by amount: Double) { add(-amount) }

    private func add(_ amount: Double) {
        contents.withLock { value in
            value.sum += amount
            value.count += 1
        }
    }
}
