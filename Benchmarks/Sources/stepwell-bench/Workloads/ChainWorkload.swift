import Stepwell
import StepwellJSON

extension Benchmark {
    /// A chain of five Pass states, started by 1 to 10,000 clients at once.
    static let chain = Benchmark(
        name: "W1",
        summary: "chain of five Pass states; each start awaited, the whole execution durable then"
    ) { effort in
        var report: JSONObject = [:]
        var byClients: JSONObject = [:]
        for load in ChainLoad.all(effort) {
            var rounds: [JournalFigures] = []
            for _ in 0..<load.rounds { rounds.append(try await load.round()) }
            let figures = JournalFigures.report(rounds)
            // The figures of the workload are those with the most in flight.
            report = figures
            byClients["\(load.clients)"] = .object(figures)
        }
        report["in_flight"] = .object(byClients)
        return report
    }
}

/// How many clients start how many chains.
private struct ChainLoad: Sendable {
    let clients: Int
    let executions: Int
    let rounds: Int

    private static let length = 5

    static func all(_ effort: Effort) -> [ChainLoad] {
        switch effort {
        case .quick:
            [
                ChainLoad(clients: 1, executions: 300, rounds: 1),
                ChainLoad(clients: 64, executions: 6_400, rounds: 2),
                ChainLoad(clients: 1_000, executions: 30_000, rounds: 3),
                ChainLoad(clients: 10_000, executions: 50_000, rounds: 3),
            ]
        case .full:
            [
                ChainLoad(clients: 1, executions: 2_000, rounds: 5),
                ChainLoad(clients: 64, executions: 64_000, rounds: 7),
                ChainLoad(clients: 1_000, executions: 200_000, rounds: 7),
                ChainLoad(clients: 10_000, executions: 400_000, rounds: 7),
            ]
        }
    }

    /// A start is answered when it is on the disk, and with it, since nothing in the chain waits,
    /// the whole execution: the answers of all starts are the durability of all transitions.
    func round() async throws -> JournalFigures {
        let run = try await LoggedRun.of { stepwell in
            try await stepwell.createStateMachine("chain", definition: .json(Self.definition))
            try await start(clients, "warm-up", with: stepwell)
        } work: { stepwell in
            try await start(executions, "order", with: stepwell)
            let last = stepwell.execution("order-\(executions - 1)", of: "chain")
            guard try await last.waitUntilClosed().status == .succeeded else {
                throw LoggedRun.Failure(description: "the chain did not succeed")
            }
        }
        return try run.figures(transitions: executions * Self.length)
    }

    private func start(_ count: Int, _ name: String, with stepwell: WorkflowEngine) async throws {
        let order = ["customer": "c-1", "sku": "SKU-17"]
        try await Clients.run(clients, count: count) { place in
            _ = try await stepwell.start("chain", name: "\(name)-\(place)", input: order)
        }
    }

    private static var definition: String {
        let states = (1...length).map { place in
            let next = place == length ? #""End":true"# : #""Next":"Step\#(place + 1)""#
            return #""Step\#(place)":{"Type":"Pass",\#(next)}"#
        }
        return #"{"StartAt":"Step1","States":{\#(states.joined(separator: ","))}}"#
    }
}
