import Stepwell
import StepwellJSON

extension Benchmark {
    /// A Map over 100 items, and a Parallel of 10 branches; 64 executions at once.
    static let fanOut = Benchmark(
        name: "W3",
        summary: "inline Map of 100 items, Parallel of 10 branches, 64 in flight"
    ) { effort in
        let executions = effort == .quick ? 200 : 4_000
        let rounds = effort == .quick ? 2 : 5
        var report: JSONObject = [:]
        let kinds = [("parallel_10", parallel, 11, 8), ("map_100", map, 101, 1)]
        for (name, definition, transitions, times) in kinds {
            var figures: [JournalFigures] = []
            for _ in 0..<rounds {
                let count = executions * times
                let run = try await fanOut(definition, count)
                figures.append(try run.figures(transitions: count * transitions))
            }
            let found = JournalFigures.report(figures)
            // The figures of the workload are the Map's.
            if name == "map_100" { for (key, value) in found { report[key] = value } }
            report[name] = .object(found)
        }
        return report
    }

    private static func fanOut(_ definition: String, _ count: Int) async throws -> LoggedRun {
        try await LoggedRun.of { stepwell in
            try await stepwell.createStateMachine("fan", definition: .json(definition))
            try await fan(64, "warm-up", stepwell)
        } work: { stepwell in
            try await fan(count, "fan", stepwell)
        }
    }

    private static func fan(_ count: Int, _ name: String, _ stepwell: WorkflowEngine) async throws {
        let items = Array(0..<100)
        try await Clients.run(64, count: count) { place in
            let execution = try await stepwell.start("fan", name: "\(name)-\(place)", input: items)
            _ = try await execution.result(as: AnyOutput.self)
        }
    }

    private static let map = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,"ItemProcessor":{
        "StartAt":"One","States":{"One":{"Type":"Pass","End":true}}}}}}
        """

    private static var parallel: String {
        let branches = (1...10).map { place in
            #"{"StartAt":"One\#(place)","States":{"One\#(place)":{"Type":"Pass","End":true}}}"#
        }
        return #"{"StartAt":"All","States":{"All":{"Type":"Parallel","End":true,"Branches":["#
            + branches.joined(separator: ",") + "]}}}"
    }
}
