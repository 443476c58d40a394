import Foundation

/// `stepwell-bench NAME… [--json FILE] [--quick]`: runs benchmarks and prints their medians.
@main
struct StepwellBench {
    static func main() async {
        do {
            let request = try BenchmarkRequest(CommandLine.arguments.dropFirst())
            var measurements: [Measurement] = []
            for benchmark in request.benchmarks {
                print("\(benchmark.name): \(benchmark.summary)")
                let found = try await benchmark.run(request.effort)
                found.forEach { print("  \($0.line)") }
                measurements += found
            }
            if let path = request.reportPath {
                try Measurement.report(measurements).write(to: URL(filePath: path))
            }
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
