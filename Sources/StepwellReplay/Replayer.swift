package import StepwellHistory
package import StepwellInterpreter
package import StepwellLanguage

/// Rebuilds an execution from its turns and proves that they are what the definition and the
/// recorded inputs lead to.
///
/// Turns are given in order. Each is checked three ways: its digest is that of its content, it
/// names the digest of the turn before, and stepping the rebuilt state with its input makes the
/// same records, value for value.
package struct Replayer: Sendable {
    private let definition: StateMachineDefinition
    /// Whether turns are derived again, or only applied.
    private let isVerifying: Bool
    private var previous = TurnDigest.origin
    private var texts: [PayloadLocation: [UInt8]] = [:]

    /// The state after the last record that was taken in.
    package private(set) var state: ExecutionState
    /// The events seen so far, in order.
    package private(set) var events: [HistoryEvent] = []
    package private(set) var turnCount = 0
    package private(set) var recordCount = 0
    /// Turns whose semantics this engine cannot derive any more: their chain was checked only.
    package private(set) var chainOnlyTurns = 0

    /// What has happened up to the last record that was taken in; nil when that was not asked for.
    package private(set) var story: ExecutionStory?
    /// The last record that was taken in.
    package private(set) var lastRecord: Record?

    /// A replayer of one execution, before its first turn; `telling` has it keep the story.
    package init(
        execution: ExecutionNumber,
        definition: StateMachineDefinition,
        verifying: Bool,
        telling: Bool = false
    ) {
        self.definition = definition
        isVerifying = verifying
        state = ExecutionState(execution: execution, definition: definition)
        if telling { story = ExecutionStory(execution: execution, definition: definition) }
    }

    /// The digest of the last turn.
    package var digest: TurnDigest { previous }

    /// Takes in the next turn, up to and including the record `last` (nil: all of it); gives the
    /// divergence when there is one, and is not to be used after that.
    ///
    /// - Throws: `ReplayDamage` when the bytes cannot be the execution's next turn.
    package mutating func take(
        _ bytes: [UInt8],
        upTo last: Ordinal? = nil
    ) throws(ReplayDamage) -> Divergence? {
        let turn = try decode(bytes)
        turnCount += 1
        // The state is copied for a turn that is cut, and else changes in place.
        let isCut = if let last, let end = turn.records.last { end.ordinal > last } else { false }
        let before = isCut ? state : nil
        if isVerifying, Semantics.isDerivable(turn.semantics) {
            if let divergence = Self.rederive(turn, from: &state) { return divergence }
        } else {
            if isVerifying { chainOnlyTurns += 1 }
            for record in turn.records { state.apply(record, at: turn.time) }
        }
        if state.semantics != turn.semantics { return Self.mislabelled(turn, state.semantics) }
        if let before, let last {
            state = before
            for record in turn.records.prefix(while: { $0.ordinal <= last }) {
                state.apply(record, at: turn.time)
            }
        }
        story?.apply(turn, upTo: last)
        for record in turn.records {
            if let last, record.ordinal > last { break }
            lastRecord = record
            recordCount += 1
            if case .event(let event) = record.body { events.append(event) }
        }
        return nil
    }

    private mutating func decode(_ bytes: [UInt8]) throws(ReplayDamage) -> Turn {
        let ordinal = state.lastOrdinal.advanced(by: 1)
        do throws(TurnCodecError) {
            let header = try TurnCodec.peek(bytes)
            let turn = try TurnCodec.decode(bytes) { [texts] in texts[$0] }
            guard header.execution == state.execution, header.firstOrdinal == ordinal,
                header.firstEventID == state.lastEventID + 1
            else {
                let reason =
                    "the turn is not the execution's next: it starts at record "
                    + "\(header.firstOrdinal.rawValue), expected \(ordinal.rawValue)"
                throw TurnCodecError(.invalid(reason))
            }
            guard header.previous == previous else {
                let reason = "the turn does not follow the one before (chain digest)"
                throw TurnCodecError(.invalid(reason))
            }
            previous = try TurnCodec.storedDigest(of: bytes)
            for record in turn.records { keepTexts(of: record) }
            return turn
        } catch {
            throw ReplayDamage(ordinal: ordinal, reason: error.description)
        }
    }

    private mutating func keepTexts(of record: Record) {
        for payload in record.payloads {
            if let location = payload.location, location.ordinal == record.ordinal {
                texts[location] = payload.text
            }
        }
    }

    /// Steps with the recorded input and compares what comes out.
    private static func rederive(_ turn: Turn, from state: inout ExecutionState) -> Divergence? {
        guard case .input(let input)? = turn.records.first?.body else {
            return Divergence(
                ordinal: turn.firstOrdinal,
                recorded: turn.records.first.map { .record($0) },
                derived: nil,
                explanation: "a turn has to begin with an input"
            )
        }
        var builder = TransitionBuilder(deriving: turn)
        if case .refused(let refusal) = state.step(input, at: turn.time, into: &builder) {
            return Divergence(
                ordinal: turn.firstOrdinal,
                recorded: turn.records.first.map { .record($0) },
                derived: nil,
                explanation: "the input would have been refused (\(refusal))"
            )
        }
        return compare(turn, with: builder, state)
    }

    /// The header of a turn says which revision decided it, and the execution follows another.
    private static func mislabelled(_ turn: Turn, _ semantics: UInt16) -> Divergence {
        Divergence(
            ordinal: turn.firstOrdinal,
            recorded: .summary(turn.summary),
            derived: nil,
            explanation: "the turn says that it follows semantics \(turn.semantics), its execution "
                + "follows \(semantics)"
        )
    }

    private static func compare(
        _ turn: Turn,
        with builder: TransitionBuilder,
        _ state: ExecutionState
    ) -> Divergence? {
        for (index, recorded) in turn.records.enumerated() {
            let derived = index < builder.records.count ? builder.records[index] : nil
            guard derived != recorded else { continue }
            return Divergence(
                ordinal: recorded.ordinal,
                recorded: .record(recorded),
                derived: derived.map { .record($0) },
                explanation: "the log holds another record than the definition and the inputs "
                    + "lead to"
            )
        }
        if builder.records.count > turn.records.count {
            let extra = builder.records[turn.records.count]
            return Divergence(
                ordinal: extra.ordinal,
                recorded: nil,
                derived: .record(extra),
                explanation: "the turn in the log ends too early"
            )
        }
        guard turn.time == state.lastTime, turn.summary == state.summary else {
            return Divergence(
                ordinal: turn.firstOrdinal,
                recorded: .summary(turn.summary),
                derived: .summary(state.summary),
                explanation: "the turn's time or summary is not that of its records"
            )
        }
        return nil
    }
}

extension TransitionBuilder {
    /// A builder that ends a turn where the log does, and is told of the world what was recorded.
    init(deriving turn: Turn) {
        let world = RecordedWorld(turn)
        self.init(
            budget: TurnBudget(records: turn.records.count, bytes: .max),
            openActivities: world.openActivities,
            isServed: { world.isServed($0) },
            activityExists: { world.activityExists($0) }
        )
    }
}
