import Foundation
import StepwellJSON
import StepwellJSONata

extension Benchmark {
    /// JSONata expressions, compiled before, over a document of about 1 KB.
    ///
    /// `STEPWELL_BENCH_EXPRESSIONS` names a file with others, a JSON array of `{"expr", "data"}`:
    /// Tools/bench-jsonata.py measures peers on the same. Each is evaluated from JSON to JSON, and
    /// on a document that is converted already, without converting the result.
    static let jsonata = Benchmark(
        name: "jsonata",
        summary: "evaluating compiled expressions; peers: Tools/bench-jsonata.py"
    ) { effort in
        let given = ProcessInfo.processInfo.environment["STEPWELL_BENCH_EXPRESSIONS"]
        let samples = try given.map { try read($0) } ?? own()
        var measurements: [Measurement] = []
        for (place, sample) in samples.enumerated() {
            guard let compiled = try? JSONataExpression(sample.expression) else { continue }
            let sources = JSONataSources(milliseconds: 1_767_225_600_000, seed: 1)
            let document = JSONataDocument(sample.data)
            // From JSON to JSON, and on a converted document to a value that is dropped.
            let included: () throws -> Int = {
                let outcome = try compiled.evaluate(sample.data, sources: sources)
                return outcome.value == nil ? 1 : 2
            }
            let excluded: () throws -> Int = {
                try compiled.evaluate(document, sources: sources).isDefined ? 2 : 1
            }
            guard (try? included()) != nil else { continue }
            let rates = try Stopwatch(effort: effort).rates(units: 1, [included, excluded])
            let name = given == nil ? sample.expression : "\(place)"
            let unit = "evaluations/s"
            measurements.append(Measurement(name, unit: unit, rounds: rates[0]))
            measurements.append(
                Measurement("\(name) without conversion", unit: unit, rounds: rates[1])
            )
        }
        return Measurement.report(measurements)
    }

    private struct Sample {
        var expression: String
        var data: JSONValue?
    }

    private struct NoExpressions: Error, CustomStringConvertible {
        let description = "STEPWELL_BENCH_EXPRESSIONS names no JSON array of expressions"
    }

    private static func read(_ path: String) throws -> [Sample] {
        let text = Array(try Data(contentsOf: URL(filePath: path)))
        guard case .array(let entries) = try JSONParser.parse(text) else { throw NoExpressions() }
        return try entries.map { entry in
            guard case .object(let members) = entry, case .string(let text)? = members["expr"]
            else { throw NoExpressions() }
            return Sample(expression: text, data: members["data"])
        }
    }

    private static func own() throws -> [Sample] {
        let order = try JSONParser.parse(SampleDocument.small.bytes)
        return ["customer.name", "$sum(lines.(price * quantity))", "lines[price > 10].sku"]
            .map { Sample(expression: $0, data: order) }
    }
}
