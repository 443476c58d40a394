import StepwellJSON

/// One figure: a rate, as the median of several rounds.
struct Measurement: Sendable {
    /// What was measured, such as `parse mixed`.
    let name: String
    /// The unit of the figures.
    let unit: String
    /// The middle of the rounds.
    let median: Double
    /// The worst and the best round.
    let range: ClosedRange<Double>
    /// The rate to reach, if there is one.
    var goal: Double?
    /// What the figure is compared with, and how many times as much it is.
    var ratio: (to: String, factor: Double)?

    init(_ name: String, unit: String, rounds: [Double]) {
        let sorted = rounds.sorted()
        self.name = name
        self.unit = unit
        median = sorted[sorted.count / 2]
        range = sorted[0]...sorted[sorted.count - 1]
    }

    /// The figures of some measurements, by their names.
    static func report(_ measurements: [Measurement]) -> JSONObject {
        var report: JSONObject = [:]
        for measurement in measurements {
            var entry: JSONObject = [
                "unit": .string(measurement.unit),
                "median": Figures.number(measurement.median),
                "least": Figures.number(measurement.range.lowerBound),
                "greatest": Figures.number(measurement.range.upperBound),
            ]
            if let goal = measurement.goal { entry["goal"] = Figures.number(goal) }
            if let ratio = measurement.ratio {
                entry["ratio_to_\(ratio.to)"] = Figures.number(ratio.factor)
            }
            report[measurement.name] = .object(entry)
        }
        return report
    }
}
