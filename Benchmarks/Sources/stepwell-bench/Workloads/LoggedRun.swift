import Foundation
import Stepwell

/// Work of an engine on a directory of its own, and the journal that came of it.
struct LoggedRun {
    /// How long the work took.
    let seconds: Double
    /// The journal's values by commit.
    let commits: [ArraySlice<[UInt8]>]

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Opens an engine, prepares, and measures the work.
    ///
    /// The work is over when everything that it started is durable.
    static func of(
        configure: (inout WorkflowEngine.Configuration) -> Void = { _ in },
        prepare: (WorkflowEngine) async throws -> Void,
        work: (WorkflowEngine) async throws -> Void
    ) async throws -> LoggedRun {
        let directory = try TemporaryDirectory()
        let shard = "\(directory.path)/shard-0"
        let stepwell = try await WorkflowEngine.open(at: directory.path) { configure(&$0) }
        stepwell.resume()
        let before: Int
        let elapsed: Duration
        do {
            try await prepare(stepwell)
            before = try PlainLMDB(reading: shard).values(from: 0).count
            elapsed = try await ContinuousClock().measure { try await work(stepwell) }
        } catch {
            await stepwell.shutdown()
            throw error
        }
        await stepwell.shutdown()
        let values = try PlainLMDB(reading: shard).values(from: before)
        return LoggedRun(seconds: elapsed / .seconds(1), commits: try commits(of: values))
    }

    /// What the work wrote into the journal.
    var logBytes: Int { commits.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// How long LMDB alone takes to append the same bytes in the same commits, each of them.
    func plainCommitSeconds() throws -> [Double] {
        let directory = try TemporaryDirectory()
        let plain = try PlainLMDB(creating: directory.path)
        let clock = ContinuousClock()
        return try commits.map { commit in
            try clock.measure { try plain.append(commit) } / .seconds(1)
        }
    }

    /// Figures of a run of so many state transitions: rate, share of the raw store, bytes.
    func figures(transitions: Int) throws -> JournalFigures {
        let plain = try plainCommitSeconds().reduce(0, +)
        return JournalFigures(
            transitionsPerSecond: Double(transitions) / seconds,
            rawRatio: plain / seconds,
            logBytesPerTransition: Double(logBytes) / Double(transitions),
            transitionsPerCommit: Double(transitions) / Double(max(1, commits.count))
        )
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
}
