import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellStore

/// Chunks that are joined say what one chunk of the same commits says, and sort nothing twice.
@Suite("Chunks of the tail")
struct TailChunkTests {
    /// Commits that start, move and end executions, one chunk each; and one record of each
    /// execution that says all of it.
    private func history(
        commits: Int,
        startsInCommit: Int,
        turnsInCommit: Int,
        seed: UInt64
    ) -> (chunks: [TailChunk], sum: [TailRecord]) {
        var random = SeededGenerator(seed: seed)
        var entries: [ExecutionEntry] = []
        var sum: [ExecutionNumber: TailRecord] = [:]
        let chunks = (0..<commits).map { _ in
            var changed: [ExecutionNumber: EntryKeys?] = [:]
            for _ in 0..<startsInCommit {
                let entry = Self.entry(UInt64(entries.count + 1), due: Int64(entries.count))
                changed[entry.execution] = .some(nil)
                entries.append(entry)
            }
            for _ in 0..<turnsInCommit {
                let index = Int.random(in: 0..<entries.count, using: &random)
                let execution = entries[index].execution
                if changed[execution] == nil { changed[execution] = EntryKeys(entries[index]) }
                entries[index].head.summary = Self.summary(&random)
            }
            let records = changed.keys.sorted().map { execution in
                let entry = entries[Int(execution.rawValue) - 1]
                let before = changed[execution] ?? nil
                let name = before == nil ? Hash16(entry.head.executionName) : nil
                let stored = StoredEntry(entry: entry, machine: .zero, name: name)
                let known = sum[execution]
                sum[execution] = TailRecord(
                    stored: StoredEntry(
                        entry: entry,
                        machine: .zero,
                        name: known?.stored.name ?? name
                    ),
                    before: known == nil ? before : known?.before
                )
                return TailRecord(stored: stored, before: before)
            }
            return TailChunk(records: records)
        }
        return (chunks, sum.values.sorted { $0.execution < $1.execution })
    }

    private static func entry(_ number: UInt64, due: Int64) -> ExecutionEntry {
        ExecutionEntry(
            beginning: ExecutionHead(
                execution: ExecutionNumber(number),
                executionName: "order-\(number)",
                stateMachineARN: TurnFactory.machine,
                startDate: Timestamp(milliseconds: Int64(number / 3)),
                stopDate: nil,
                summary: .running(due: due),
                lastOrdinal: Ordinal(1),
                lastEventID: 1,
                digest: .origin
            )
        )
    }

    private static func summary(_ random: inout SeededGenerator) -> TurnSummary {
        let statuses: [ExecutionStatus] = [.running, .running, .succeeded, .failed]
        let due = Int64.random(in: 0..<5, using: &random)
        return TurnSummary(
            status: statuses.randomElement(using: &random) ?? .running,
            nextDue: due == 0 ? nil : Timestamp(milliseconds: due),
            pendingTasks: UInt32.random(in: 0...1, using: &random),
            isRunnable: false
        )
    }

    @Test("Joined in any parts, in order before or not, they have the same rows and records")
    func sameRows() {
        for seed in UInt64(1)...20 {
            let (chunks, sum) = history(
                commits: 24,
                startsInCommit: 3,
                turnsInCommit: 9,
                seed: seed
            )
            let expected = TailChunk(records: sum)
            for chunk in chunks where chunk.records.count % 2 == 0 { _ = chunk.rows }
            let parts = [chunks[..<1], chunks[1..<9], chunks[9..<12], chunks[12...]]
            let folded = TailChunk.fold(parts.map { TailChunk.fold(Array($0)) })
            #expect(folded.rows == expected.rows)
            #expect(folded.records.map(\.execution) == sum.map(\.execution))
            #expect(folded.records.map(\.before) == sum.map(\.before))
            #expect(folded.records.map(\.stored.entry) == sum.map(\.stored.entry))
            #expect(folded.records.map(\.stored.name) == sum.map(\.stored.name))
        }
    }

    @Test("What is in order is not sorted again when it is joined")
    func sortsOnce() {
        let (chunks, _) = history(commits: 64, startsInCommit: 64, turnsInCommit: 0, seed: 1)
        let small = stride(from: 0, to: 64, by: 8).map { first in
            TailChunk.fold(Array(chunks[first..<first + 8]))
        }
        #expect(small.allSatisfy { !$0.isOrdered }, "nobody asked for their rows")
        for chunk in small { _ = chunk.rows }
        let large = TailChunk.fold(small)
        #expect(large.isOrdered, "its rows came with those of its parts")
        #expect(large.rows.count == 4 * 4_096)
    }

    @Test(
        "An entry is moved a few times, and few chunks stay, whatever a commit holds",
        arguments: [[1], [3], [1, 100], [1, 1, 1, 5_000], [40, 1, 7]]
    )
    func movesSeldom(sizes: [Int]) {
        var chunks: [TailChunk] = []
        var entries = 0
        var moves = 0
        var most = 0
        for commit in 0... {
            let records = (0..<sizes[commit % sizes.count]).map { number in
                let entry = Self.entry(UInt64(entries + number + 1), due: 1)
                let stored = StoredEntry(entry: entry, machine: .zero, name: nil)
                return TailRecord(stored: stored, before: nil)
            }
            entries += records.count
            chunks.append(TailChunk(records: records))
            while let group = ChunkFold.due(in: chunks[...]) {
                moves += group.reduce(0) { $0 + $1.records.count }
                chunks.replaceSubrange(
                    (chunks.count - group.count)...,
                    with: [TailChunk.fold(group)]
                )
            }
            most = max(most, chunks.count)
            if entries >= 20_000 { break }
        }
        #expect(moves <= entries * 8, "in base 4 the size that is left alone has eight digits")
        #expect(most <= 36, "each is a third of what is newer at least")
    }
}
