package import Metrics
import Synchronization

/// The metrics of a process, and how Prometheus reads them.
///
/// The number of series has a bound: what comes beyond it is not counted.
package final class MetricsRegistry: MetricsFactory, Sendable {
    private struct Key: Hashable {
        let label: String
        let dimensions: String
    }

    private static let capacity = 1000

    private let series = Mutex<[Key: MetricSeries]>([:])

    /// A registry without a series.
    package init() {}

    /// Has everything in this process that is measured from now on measured here.
    package static func bootstrap() -> MetricsRegistry {
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }

    /// A series that grows.
    package func makeCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any CounterHandler {
        self.series(label, dimensions, .counter)
    }

    /// The newest value, or the sum and number of values.
    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        self.series(label, dimensions, aggregate ? .summary : .gauge)
    }

    /// The newest value.
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        self.series(label, dimensions, .gauge)
    }

    /// Durations by size, in seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.series(label, dimensions, .histogram)
    }

    /// Leaves the series as it is.
    package func destroyCounter(_ handler: any CounterHandler) {}
    /// Leaves the series as it is.
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Leaves the series as it is.
    package func destroyMeter(_ handler: any MeterHandler) {}
    /// Leaves the series as it is.
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// The series of a label and dimensions, with the values they were first asked for.
    private func series(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: MetricSeries.Kind
    ) -> MetricSeries {
        let key = Self.key(kind == .histogram ? label + "_seconds" : label, dimensions)
        return series.withLock { series in
            if let known = series[key], known.kind == kind { return known }
            let made = MetricSeries(kind)
            if series.count < Self.capacity { series[key] = made }
            return made
        }
    }

    /// How many minutes `lastMinutes` tells of.
    package static let minutes = MetricSeries.keptMinutes

    /// What a counter was given in each of the last minutes, oldest first; none when there is no
    /// such counter.
    package func lastMinutes(_ label: String, _ dimensions: [(String, String)]) -> [Int64] {
        series.withLock { $0[Self.key(label, dimensions)] }?.lastMinutes ?? []
    }

    /// The newest value of a gauge; 0 when there is no such gauge.
    package func gauge(_ label: String) -> Double {
        series.withLock { $0[Self.key(label, [])] }?.value.sum ?? 0
    }

    /// What a histogram comes to, of all its labels together.
    package func durations(_ label: String) -> DurationSummary {
        let all = series.withLock { $0.filter { $0.key.label == label }.map(\.value.value) }
        return all.reduce(into: DurationSummary()) { summary, value in
            guard value.buckets.count == summary.buckets.count else { return }
            summary.count += value.count
            summary.sum += value.sum
            for place in value.buckets.indices { summary.buckets[place] += value.buckets[place] }
        }
    }

    /// Everything in Prometheus's text format.
    package func text() -> String {
        let all = series.withLock { $0 }
            .sorted { ($0.key.label, $0.key.dimensions) < ($1.key.label, $1.key.dimensions) }
        var lines: [String] = []
        var last = ""
        for (key, series) in all {
            if key.label != last {
                lines.append("# TYPE \(key.label) \(series.kind.rawValue)")
                last = key.label
            }
            lines += Self.lines(key.label, key.dimensions, series)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(
        _ label: String,
        _ dimensions: String,
        _ series: MetricSeries
    ) -> [String] {
        let value = series.value
        let labels = dimensions.isEmpty ? "" : "{\(dimensions)}"
        switch series.kind {
        case .counter, .gauge:
            return ["\(label)\(labels) \(value.sum)"]
        case .summary, .histogram:
            let prefix = dimensions.isEmpty ? "" : dimensions + ","
            var lines = zip(MetricSeries.bounds, value.buckets).map { bound, count in
                "\(label)_bucket{\(prefix)le=\"\(bound)\"} \(count)"
            }
            if series.kind == .histogram {
                lines.append("\(label)_bucket{\(prefix)le=\"+Inf\"} \(value.count)")
            }
            return lines + [
                "\(label)_sum\(labels) \(value.sum)", "\(label)_count\(labels) \(value.count)",
            ]
        }
    }

    private static func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
        Key(
            label: name(label),
            dimensions: dimensions.map { "\(name($0))=\"\(escaped($1))\"" }
                .joined(separator: ",")
        )
    }

    /// A name of letters, digits and underscores.
    private static func name(_ text: String) -> String {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let bytes = text.utf8.enumerated().map { index, byte in
            let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
            return isLetter || (index > 0 && digits.contains(byte)) ? byte : UInt8(ascii: "_")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
    }
}
