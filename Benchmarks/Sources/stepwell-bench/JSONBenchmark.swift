import Foundation
import StepwellJSON

extension Benchmark {
    /// The JSON parser and writer, beside Foundation's.
    static let json = Benchmark(
        name: "json",
        summary: "parser and writer, beside Foundation's JSONSerialization"
    ) { effort in
        Measurement.report(
            try [SampleDocument.mixed, .small, .text, .numbers].flatMap {
                try measure($0, effort)
            }
        )
    }

    private static func measure(
        _ document: SampleDocument,
        _ effort: Effort
    ) throws -> [Measurement] {
        let bytes = document.bytes
        let data = Data(bytes)
        let value = try JSONParser.parse(bytes)
        let foreign = try JSONSerialization.jsonObject(with: data)
        let rates = try Stopwatch(effort: effort).rates(
            units: Double(bytes.count) / 1e6,
            [
                { try JSONParser.parse(bytes).isNull ? 0 : 1 },
                { JSONWriter.write(value).count },
                { try JSONSerialization.jsonObject(with: data) is NSNull ? 0 : 1 },
                { try JSONSerialization.data(withJSONObject: foreign).count },
            ]
        )
        let isMixed = document.bytes.count == SampleDocument.mixed.bytes.count
        return [
            measurement("parse \(document.name)", rates[0], rates[2], isMixed ? 250 : nil),
            measurement("write \(document.name)", rates[1], rates[3], isMixed ? 400 : nil),
        ]
    }

    private static func measurement(
        _ name: String,
        _ rates: [Double],
        _ foreign: [Double],
        _ goal: Double?
    ) -> Measurement {
        let base = Measurement(name, unit: "MB/s", rounds: foreign)
        var measurement = Measurement(name, unit: "MB/s", rounds: rates)
        measurement.ratio = ("Foundation", measurement.median / base.median)
        measurement.goal = goal
        return measurement
    }
}
