package import StepwellEngine
import StepwellHistory
import StepwellReplay

/// Proves what a store holds, knowing nothing of how it came about: every execution's turns are
/// chained and gap-free, its events are numbered without gaps, and stepping the definition with
/// the recorded inputs makes the same records.
package enum LogChecker {
    /// Every problem found, as a sentence each.
    package static func problems(in store: SimulatedStore, catalog: Catalog) -> [String] {
        var problems: [String] = []
        for (execution, turns) in store.allTurns() where execution != .catalog {
            do {
                try check(execution, turns, catalog)
            } catch {
                problems.append("execution \(execution.rawValue): \(error)")
            }
        }
        for head in store.allHeads() where head.execution != .catalog {
            let turns =
                (try? store.readTurns(
                    of: head.execution,
                    ordinals: head.lastOrdinal...head.lastOrdinal,
                    byteLimit: 1
                ))
            guard let last = turns?.last, let header = try? TurnCodec.peek(last.bytes) else {
                problems.append("execution \(head.execution.rawValue) lacks its newest turn")
                continue
            }
            if header.summary != head.summary || header.lastEventID != head.lastEventID {
                problems.append("execution \(head.execution.rawValue): head and log disagree")
            }
        }
        return problems
    }

    private static func check(
        _ execution: ExecutionNumber,
        _ turns: [StoredTurn],
        _ catalog: Catalog
    ) throws {
        guard let first = turns.first else { return }
        let start = try TurnCodec.decode(first.bytes) { _ in nil }
        guard case .input(.start(let input))? = start.records.first?.body,
            let definition = try catalog.definition(input.definition)?
                .machine(ofMapState: input.mapRun?.stateName)
        else { throw Problem("no start, or an unknown definition") }
        var replayer = Replayer(
            execution: execution,
            definition: definition,
            verifying: true
        )
        for turn in turns {
            if let divergence = try replayer.take(turn.bytes) {
                throw Problem("diverges at \(divergence.ordinal): \(divergence.explanation)")
            }
        }
        for (index, event) in replayer.events.enumerated() where event.id != EventID(index + 1) {
            throw Problem("event \(index + 1) has id \(event.id)")
        }
    }

    private struct Problem: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}
