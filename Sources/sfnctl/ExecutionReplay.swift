import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellLanguage
import StepwellReplay

/// Replays executions of a data directory.
struct ExecutionReplay {
    let directory: DataDirectory
    let isVerifying: Bool
    /// Whether what has happened is wanted too.
    var isTelling = false

    /// Replays an execution, up to a place or to its end; gives no replayer of one that cannot be
    /// followed.
    func replay(
        _ head: ExecutionHead,
        to place: ReplayPlace? = nil
    ) throws -> (ReplayFinding, Replayer?) {
        let arn = ExecutionARN(stateMachineARN: head.stateMachineARN, name: head.executionName)
        var finding = ReplayFinding(
            execution: arn.string,
            number: head.execution.rawValue,
            verdict: isVerifying ? .agrees : .rebuilt,
            status: head.summary.status
        )
        do {
            let replayer = try follow(head, to: place, &finding)
            return (finding, replayer)
        } catch let damage as ReplayDamage {
            finding.verdict = .damage
            finding.explanation = damage.description
        } catch let error as StoreError where error.code == .damaged {
            finding.verdict = .damage
            finding.explanation = error.message
        }
        return (finding, nil)
    }

    private func follow(
        _ head: ExecutionHead,
        to place: ReplayPlace?,
        _ finding: inout ReplayFinding
    ) throws -> Replayer? {
        var replayer: Replayer?
        var next = Ordinal(1)
        reading: while next <= head.lastOrdinal {
            let turns = try directory.store.readTurns(
                of: head.execution,
                ordinals: next...head.lastOrdinal,
                byteLimit: 1 << 20
            )
            guard !turns.isEmpty else {
                throw ReplayDamage(ordinal: next, reason: "the log ends before its recorded end")
            }
            for turn in turns {
                let header = try header(of: turn)
                let last = try last(in: turn, header, place)
                guard last.map({ $0 >= header.firstOrdinal }) ?? true else { break reading }
                var current = try replayer ?? self.replayer(for: head, first: turn)
                replayer = nil  // So that it is not copied while it grows.
                if let divergence = try current.take(turn.bytes, upTo: last) {
                    note(divergence, current, &finding)
                    return nil
                }
                next = header.lastOrdinal.advanced(by: 1)
                replayer = current
                if last != nil { break reading }
            }
        }
        guard let replayer else {
            throw CommandFailure(.failed, "the execution had not started then")
        }
        note(replayer, &finding)
        try check(place, isReachedBy: replayer)
        if place == nil { try compare(replayer, with: head) }
        return replayer
    }

    /// A place behind the end of the log is none.
    private func check(_ place: ReplayPlace?, isReachedBy replayer: Replayer) throws {
        let (last, lastRecord) = (replayer.state.lastEventID, replayer.state.lastOrdinal.rawValue)
        switch place {
        case .event(let id) where id > last:
            throw CommandFailure(.failed, "there is no event \(id); the last one is \(last)")
        case .record(let ordinal) where ordinal.rawValue > lastRecord:
            throw CommandFailure(
                .failed,
                "there is no record \(ordinal.rawValue); the last one is \(lastRecord)"
            )
        case nil, .event, .record, .time: return
        }
    }

    private func header(of turn: StoredTurn) throws -> TurnHeader {
        do {
            return try TurnCodec.peek(turn.bytes)
        } catch {
            throw ReplayDamage(ordinal: turn.firstOrdinal, reason: error.description)
        }
    }

    /// The last record of a turn that is to be taken in, when the place is in it (or before it: an
    /// ordinal below its first); nil when all of it is.
    private func last(
        in turn: StoredTurn,
        _ header: TurnHeader,
        _ place: ReplayPlace?
    ) throws -> Ordinal? {
        switch place {
        case nil: return nil
        case .record(let ordinal): return ordinal <= header.lastOrdinal ? ordinal : nil
        case .time(let time):
            return header.time <= time
                ? nil : Ordinal(header.firstOrdinal.rawValue - 1)
        case .event(let id):
            guard id <= header.lastEventID else { return nil }
            let decoded = try? TurnCodec.decode(turn.bytes) { _ in [] }
            for record in decoded?.records ?? [] {
                if case .event(let event) = record.body, event.id == id { return record.ordinal }
            }
            return header.lastOrdinal
        }
    }

    private func replayer(for head: ExecutionHead, first turn: StoredTurn) throws -> Replayer {
        let decoded: Turn
        do {
            decoded = try TurnCodec.decode(turn.bytes) { _ in nil }
        } catch {
            throw ReplayDamage(ordinal: turn.firstOrdinal, reason: error.description)
        }
        guard case .input(.start(let start))? = decoded.records.first?.body else {
            throw ReplayDamage(
                ordinal: turn.firstOrdinal,
                reason: "the log does not begin with a start"
            )
        }
        let definition: StateMachineDefinition?
        do throws(StoreError) {
            definition = try directory.catalog.definition(start.definition)?
                .machine(ofMapState: start.mapRun?.stateName)
        } catch {
            throw ReplayDamage(ordinal: turn.firstOrdinal, reason: error.message)
        }
        guard let definition else {
            throw ReplayDamage(
                ordinal: turn.firstOrdinal,
                reason: "the catalog does not hold the definition that the execution follows"
            )
        }
        return Replayer(
            execution: head.execution,
            definition: definition,
            verifying: isVerifying,
            telling: isTelling
        )
    }

    private func note(_ replayer: Replayer, _ finding: inout ReplayFinding) {
        finding.status = replayer.state.status
        finding.turns = replayer.turnCount
        finding.records = replayer.recordCount
        finding.lastEvent = replayer.state.lastEventID
        finding.lastRecord = replayer.state.lastOrdinal.rawValue
        finding.time = replayer.state.lastTime
        if replayer.chainOnlyTurns > 0 {
            finding.verdict = .chainOnly
            finding.explanation =
                "\(replayer.chainOnlyTurns) turns are of semantics that this version cannot derive"
        }
    }

    private func note(
        _ divergence: Divergence,
        _ replayer: Replayer,
        _ finding: inout ReplayFinding
    ) {
        note(replayer, &finding)
        finding.verdict = .diverged
        let recorded = divergence.recorded.map { "\n    recorded: \($0)" } ?? ""
        let derived = divergence.derived.map { "\n    derived:  \($0)" } ?? ""
        finding.explanation =
            "record \(divergence.ordinal.rawValue): \(divergence.explanation)\(recorded)\(derived)"
    }

    private func compare(_ replayer: Replayer, with head: ExecutionHead) throws {
        guard replayer.digest == head.digest, replayer.state.lastEventID == head.lastEventID,
            replayer.state.status == head.summary.status
        else {
            throw ReplayDamage(
                ordinal: head.lastOrdinal,
                reason: "the store's view of the execution differs from its log"
            )
        }
    }
}
