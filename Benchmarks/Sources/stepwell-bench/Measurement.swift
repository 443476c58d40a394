import Foundation
import StepwellJSON

/// One figure: a rate, as the median of several rounds.
struct Measurement: Sendable {
    /// What was measured, such as `json.parse mixed`.
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

    /// The figure for people.
    var line: String {
        var text = name.padding(toLength: 32, withPad: " ", startingAt: 0)
        text += String(format: "%10.1f %@", median, unit)
        text += String(format: "  (%.1f to %.1f)", range.lowerBound, range.upperBound)
        if let ratio {
            text += String(format: "  %.1f × %@", ratio.factor, ratio.to)
        }
        if let goal {
            text += String(format: "  %.2f of the goal of %.0f", median / goal, goal)
        }
        return text
    }

    /// The figures as JSON.
    static func report(_ measurements: [Measurement]) -> Data {
        let entries = measurements.map { measurement in
            var entry: JSONObject = [
                "name": .string(measurement.name), "unit": .string(measurement.unit),
                "median": .number(JSONNumber(measurement.median)),
                "least": .number(JSONNumber(measurement.range.lowerBound)),
                "greatest": .number(JSONNumber(measurement.range.upperBound)),
            ]
            if let goal = measurement.goal {
                entry["goal"] = .number(JSONNumber(goal))
            }
            if let ratio = measurement.ratio {
                entry["ratio"] = [
                    "to": .string(ratio.to), "factor": .init(floatLiteral: ratio.factor),
                ]
            }
            return JSONValue.object(entry)
        }
        return Data(JSONWriter.writePretty(.array(entries)))
    }
}
