/// What a histogram of durations comes to, of all its labels together; in seconds.
package struct DurationSummary: Sendable {
    /// How many there were, and how long they took together.
    package var count: Int64 = 0
    var sum = 0.0
    /// How many took at most as long as each of the bounds.
    var buckets = [Int64](repeating: 0, count: MetricSeries.bounds.count)

    /// The mean; 0 of none.
    package var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// The duration that a share of them did not take longer than, as far as the bounds say: within
    /// a bucket they are taken for spread evenly, and beyond the last bound for as long as it.
    package func quantile(_ share: Double) -> Double {
        let wanted = share * Double(count)
        var (lower, below) = (0.0, 0.0)
        for (bound, bucket) in zip(MetricSeries.bounds, buckets) {
            let within = Double(bucket)
            if within >= wanted, within > below {
                return lower + (bound - lower) * (wanted - below) / (within - below)
            }
            (lower, below) = (bound, within)
        }
        return lower
    }
}
