import Foundation
import Stepwell

/// One round: executions started by many clients at once, each start awaited, and the journal
/// that came of it.
///
/// A start is answered when it is on the disk, and with it, since nothing in the chain waits, the
/// whole execution: the answers of all starts are the durability of all transitions.
struct TransitionsRound {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let statesPerExecution = 5

    private let load: TransitionsLoad
    private let seconds: Double
    /// The journal's values by commit.
    private let commits: [ArraySlice<[UInt8]>]

    init(_ load: TransitionsLoad) async throws {
        self.load = load
        let directory = try TemporaryDirectory()
        let shard = "\(directory.path)/shard-0"
        let before: Int
        do {
            let stepwell = try await Stepwell.open(at: directory.path)
            try await stepwell.createStateMachine("chain", definition: .json(Self.definition))
            try await Self.start(load.inFlight, "warm-up", with: stepwell, load)
            before = try PlainLMDB(reading: shard).values(from: 0).count
            let elapsed = try await ContinuousClock().measure {
                try await Self.start(load.executions, "order", with: stepwell, load)
            }
            seconds = elapsed / .seconds(1)
            let last = stepwell.execution("order-\(load.executions - 1)", of: "chain")
            guard try await last.waitUntilClosed().status == .succeeded else {
                throw Failure(description: "the chain did not succeed")
            }
            await stepwell.shutdown()
        }
        commits = try Self.commits(of: PlainLMDB(reading: shard).values(from: before))
    }

    var transitionsPerSecond: Double {
        Double(load.executions * Self.statesPerExecution) / seconds
    }

    var executionsPerCommit: Double { Double(load.executions) / Double(commits.count) }

    /// The rate at which LMDB alone appends the same bytes in the same commits.
    func plainTransitionsPerSecond() throws -> Double {
        let directory = try TemporaryDirectory()
        let plain = try PlainLMDB(creating: directory.path)
        let elapsed = try ContinuousClock().measure {
            for commit in commits { try plain.append(commit) }
        }
        return Double(load.executions * Self.statesPerExecution) / (elapsed / .seconds(1))
    }

    private static func start(
        _ count: Int,
        _ name: String,
        with stepwell: Stepwell,
        _ load: TransitionsLoad
    ) async throws {
        let order = ["customer": "c-1", "sku": "SKU-17"]
        try await withThrowingDiscardingTaskGroup { group in
            for client in 0..<load.inFlight {
                group.addTask {
                    for place in stride(from: client, to: count, by: load.inFlight) {
                        let execution = try await stepwell.start(
                            "chain",
                            name: "\(name)-\(place)",
                            input: order
                        )
                        if load.awaitsEnd { _ = try await execution.waitUntilClosed() }
                    }
                }
            }
        }
    }

    /// Bytes 48 to 55 of a batch are the position of the first batch of its commit.
    private static func commits(of values: [[UInt8]]) throws -> [ArraySlice<[UInt8]>] {
        var commits: [ArraySlice<[UInt8]>] = []
        var first = 0
        for place in values.indices {
            guard values[place].count >= 128 else {
                throw Failure(description: "the journal holds something that is no batch")
            }
            let next = place + 1
            if next == values.count || values[next][48..<56] != values[place][48..<56] {
                commits.append(values[first..<next])
                first = next
            }
        }
        return commits
    }

    private static var definition: String {
        let states = (1...statesPerExecution).map { place in
            let next = place == statesPerExecution ? #""End":true"# : #""Next":"Step\#(place + 1)""#
            return #""Step\#(place)":{"Type":"Pass",\#(next)}"#
        }
        return #"{"StartAt":"Step1","States":{\#(states.joined(separator: ","))}}"#
    }
}
