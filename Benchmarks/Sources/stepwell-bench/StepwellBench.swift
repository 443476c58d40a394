import Foundation
import StepwellJSON

/// `stepwell-bench NAME… [--json FILE] [--quick]`: runs benchmarks and prints their figures.
///
/// What fails is part of the report, by its name, and the program's status is then 1.
@main
struct StepwellBench {
    static func main() async {
        do {
            let request = try BenchmarkRequest(CommandLine.arguments.dropFirst())
            var report: JSONObject = [:]
            var hasFailed = false
            for benchmark in request.benchmarks {
                print("\(benchmark.name): \(benchmark.summary)")
                do {
                    report[benchmark.name] = .object(try await benchmark.run(request.effort))
                } catch {
                    hasFailed = true
                    report[benchmark.name] = ["not_measured": .string("\(error)")]
                }
                if case .object(let figures) = report[benchmark.name] {
                    Figures.lines(figures).forEach { print("  \($0)") }
                }
            }
            if let path = request.reportPath {
                let text = JSONWriter.writePretty(.object(report))
                try Data(text).write(to: URL(filePath: path))
            }
            if hasFailed { exit(1) }
        } catch let error as BenchmarkRequest.Refusal {
            complain("\(error)\n\(BenchmarkRequest.usage)")
            exit(64)
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("stepwell-bench: \(text)\n".utf8))
    }
}
