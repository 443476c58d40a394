import Foundation
import StepwellJSON

/// Figures of a report: numbers with as many digits as they have meaning.
enum Figures {
    /// A number with four digits, or all those before its point.
    static func number(_ value: Double) -> JSONValue {
        guard value.isFinite, abs(value) < 1e15, value != 0 else { return count(0) }
        if abs(value) >= 1_000 { return count(Int(value.rounded())) }
        let digits = max(0, 3 - Int(log10(abs(value)).rounded(.down)))
        let scale = pow(10, Double(digits))
        return .number(JSONNumber((value * scale).rounded() / scale))
    }

    /// How many.
    static func count(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }

    /// The middle of some rounds.
    static func median(_ rounds: [Double]) -> Double {
        rounds.isEmpty ? 0 : rounds.sorted()[rounds.count / 2]
    }

    /// The value that a part of the samples do not exceed.
    static func quantile(_ part: Double, of samples: [Double]) -> Double {
        guard !samples.isEmpty else { return 0 }
        let place = Int(Double(samples.count) * part)
        return samples.sorted()[min(samples.count - 1, place)]
    }

    /// Median, 99th part of a hundred and the most of some times, in a unit of so many a second.
    static func times(_ seconds: [Double], _ unit: String, perSecond: Double) -> JSONObject {
        var object: JSONObject = [:]
        for (name, part) in [("p50", 0.5), ("p99", 0.99), ("max", 1.0)] {
            object["\(name)_\(unit)"] = number(quantile(part, of: seconds) * perSecond)
        }
        return object
    }

    /// The figures for people, a line each: `name value`.
    static func lines(_ object: JSONObject, _ prefix: String = "") -> [String] {
        object.flatMap { key, value -> [String] in
            if case .object(let inner) = value { return lines(inner, "\(prefix)\(key) ") }
            let name = (prefix + key).padding(toLength: 48, withPad: " ", startingAt: 0)
            return ["\(name) \(String(decoding: JSONWriter.write(value), as: UTF8.self))"]
        }
    }
}
