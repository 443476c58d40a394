/// What the command line asks for.
struct BenchmarkRequest {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var benchmarks: [Benchmark] = []
    private(set) var effort = Effort.full
    private(set) var reportPath: String?

    static var usage: String {
        let names = Benchmark.all.map(\.name).joined(separator: "|")
        return "usage: stepwell-bench \(names)|all … [--json FILE] [--quick]"
    }

    init(_ arguments: some Sequence<String>) throws(Refusal) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--quick": effort = .quick
            case "--json":
                guard let path = rest.next() else {
                    throw Refusal(description: "--json needs a file")
                }
                reportPath = path
            case "all": benchmarks = Benchmark.all
            default:
                guard let benchmark = Benchmark.all.first(where: { $0.name == argument }) else {
                    throw Refusal(description: "there is no benchmark or option '\(argument)'")
                }
                benchmarks.append(benchmark)
            }
        }
        guard !benchmarks.isEmpty else {
            throw Refusal(description: "no benchmark is named")
        }
    }
}
