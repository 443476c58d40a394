package import StepwellEngine
import StepwellHistory
import StepwellReplay

/// Proves what a store holds, knowing nothing of how it came about: every execution's turns are
/// chained and gap-free, its events are numbered without gaps, and stepping the definition with
/// the recorded inputs makes the same records.
package enum LogChecker {
    /// Every problem found, as a sentence each.
    package static func problems(in store: any EventStore, catalog: Catalog) -> [String] {
        var problems: [String] = []
        var turns: [ExecutionNumber: [StoredTurn]] = [:]
        do {
            _ = try store.scan(from: nil) { turn in
                turns[turn.execution, default: []].append(turn)
                return .proceed
            }
        } catch {
            problems.append("the log cannot be read: \(error)")
        }
        for execution in turns.keys.sorted() where execution != .catalog {
            do {
                try check(execution, turns[execution] ?? [], catalog)
                try check(execution, turns[execution]?.last, store.head(of: execution))
            } catch {
                problems.append("execution \(execution.rawValue): \(error)")
            }
        }
        return problems
    }

    private static func check(
        _ execution: ExecutionNumber,
        _ last: StoredTurn?,
        _ head: ExecutionHead?
    ) throws {
        guard let last, let head else { throw Problem("it has no head") }
        let header = try TurnCodec.peek(last.bytes)
        guard header.summary == head.summary, header.lastEventID == head.lastEventID,
            header.lastOrdinal == head.lastOrdinal
        else { throw Problem("head and log disagree") }
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
