import Stepwell
import StepwellJSON

extension Benchmark {
    /// A distributed Map: child executions in a second, and what each costs.
    static let distributedMap = Benchmark(
        name: "W11",
        summary: "distributed Map of children with one Pass state each"
    ) { effort in
        let count = effort == .quick ? 5_000 : 50_000
        let rounds = effort == .quick ? 2 : 5
        var runs: [LoggedRun] = []
        for _ in 0..<rounds {
            runs.append(
                try await LoggedRun.of { stepwell in
                    try await stepwell.createStateMachine("map", definition: .json(definition))
                    try await map(100, "warm-up", stepwell)
                } work: { stepwell in
                    try await map(count, "map", stepwell)
                }
            )
        }
        let ratios = try runs.map { try $0.figures(transitions: count).rawRatio }
        return [
            "children": Figures.count(count),
            "children_per_second": Figures.number(
                Figures.median(runs.map { Double(count) / $0.seconds })
            ),
            "raw_ratio": Figures.number(Figures.median(ratios)),
            "log_bytes_per_child": Figures.number(
                Figures.median(runs.map { Double($0.logBytes) / Double(count) })
            ),
        ]
    }

    private static let definition = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,"Label":"each",
        "ResultPath":null,"ItemProcessor":{
        "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
        "StartAt":"One","States":{"One":{"Type":"Pass","End":true}}}}}}
        """

    private static func map(_ count: Int, _ name: String, _ stepwell: WorkflowEngine) async throws {
        let execution = try await stepwell.start("map", name: name, input: Array(0..<count))
        guard try await execution.waitUntilClosed().status == .succeeded else {
            throw LoggedRun.Failure(description: "the Map did not succeed")
        }
    }
}
