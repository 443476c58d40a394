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
    }

    /// The bounds of a histogram's buckets, in seconds.
    static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60,
    ]

    let kind: Kind
    private let contents: Mutex<Value>

    init(_ kind: Kind) {
        self.kind = kind
        let buckets = kind == .histogram ? Self.bounds.count : 0
        contents = Mutex(Value(buckets: [Int64](repeating: 0, count: buckets)))
    }

    /// What it has come to by now.
    var value: Value { contents.withLock { $0 } }

    func increment(by amount: Int64) { add(Double(amount)) }

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
