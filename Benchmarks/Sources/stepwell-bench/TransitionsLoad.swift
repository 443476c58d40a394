/// How many executions, how many of them at once, and what their clients wait for.
struct TransitionsLoad: Sendable {
    let inFlight: Int
    let executions: Int
    let rounds: Int
    /// Whether a client reads how its execution ended before it starts the next.
    var awaitsEnd = false

    var name: String {
        awaitsEnd ? "\(inFlight) in flight, read" : "\(inFlight) in flight"
    }

    static func all(_ effort: Effort) -> [TransitionsLoad] {
        switch effort {
        case .quick:
            [
                TransitionsLoad(inFlight: 1, executions: 300, rounds: 3),
                TransitionsLoad(inFlight: 64, executions: 6_400, rounds: 3),
                TransitionsLoad(inFlight: 1_000, executions: 20_000, rounds: 3),
                TransitionsLoad(inFlight: 1_000, executions: 20_000, rounds: 3, awaitsEnd: true),
            ]
        case .full:
            [
                TransitionsLoad(inFlight: 1, executions: 2_000, rounds: 7),
                TransitionsLoad(inFlight: 64, executions: 64_000, rounds: 7),
                TransitionsLoad(inFlight: 1_000, executions: 200_000, rounds: 7),
                TransitionsLoad(inFlight: 1_000, executions: 200_000, rounds: 7, awaitsEnd: true),
            ]
        }
    }
}
