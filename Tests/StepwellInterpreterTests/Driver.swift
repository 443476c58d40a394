import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage
import StepwellReplay
import Testing

/// Runs one execution in memory: a clock that jumps to the next timer, and tasks that answer from
/// a closure.
///
/// Every turn is kept as the log would keep it.
struct Driver {
    var state: ExecutionState
    var events: [HistoryEvent] = []
    var records: [Record] = []
    var turns: [[UInt8]] = []
    var effects: [Effect] = []
    /// The steps that the turns were charged with.
    var steps = 0
    /// The child executions that were asked for and not stopped, oldest first.
    var children: [ChildStart] = []
    /// The pages of items, and then the results, that were asked for, oldest first.
    var reads: [ItemRead] = []
    var writes: [ResultWrite] = []
    var now = Timestamp(milliseconds: 1_800_000_000_000)
    var budget = TurnBudget.standard
    var activityExists: @Sendable (String) -> Bool = { _ in true }
    var isServed: @Sendable (TaskOffer) -> Bool = { _ in true }
    var openActivities = Int.max
    /// Whether turns that ended at their budget are continued at once.
    var continues = true
    private var digest = TurnDigest.origin
    /// Whether the last turn ended before a decision that takes long.
    private(set) var isPutOff = false

    /// More turns than this are an execution that never ends, as old revisions had some.
    private static let turnLimit = 1_000

    /// Takes a definition as an engine takes one that it has stored: compiled, whatever rules there
    /// are by now for new ones.
    init(_ definition: String) throws {
        let compiled = try DefinitionDecoder.compile(accepted: definition)
        state = ExecutionState(execution: ExecutionNumber(1), definition: compiled)
    }

    /// What an input leads to, with the turns that follow at a budget's end.
    @discardableResult
    mutating func feed(_ input: Input) throws -> StepOutcome {
        var budget = budget
        budget.takesItsTime = isPutOff && input == .continueTurn
        var builder = TransitionBuilder(
            budget: budget,
            openActivities: openActivities,
            isServed: isServed,
            activityExists: activityExists
        )
        let firstOrdinal = state.lastOrdinal.advanced(by: 1)
        let firstEventID = state.lastEventID + 1
        let outcome = state.step(input, at: now, into: &builder)
        guard outcome == .accepted else { return outcome }
        steps += budget.steps - builder.budget.steps
        isPutOff = builder.isPutOff
        let turn = Turn(
            execution: state.execution,
            semantics: state.semantics,
            time: state.lastTime,
            firstOrdinal: firstOrdinal,
            firstEventID: firstEventID,
            records: builder.records,
            summary: state.summary
        )
        let encoded = TurnCodec.encode(turn, previous: digest)
        digest = encoded.digest
        turns.append(encoded.bytes)
        records += builder.records
        effects += builder.effects
        for effect in builder.effects {
            switch effect {
            case .startChild(let child): children.append(child)
            case .stopChild(let child): children.removeAll { $0.name == child.name }
            case .readItems(let read): reads.append(read)
            case .writeResults(let write): writes.append(write)
            case .dispatch, .cancel, .closed, .stop: break
            }
        }
        events += builder.records.compactMap {
            if case .event(let event) = $0.body { event } else { nil }
        }
        if continues, state.summary.isRunnable {
            guard turns.count < Self.turnLimit else { throw GoldenError(line: "endless") }
            try feed(.continueTurn)
        }
        return outcome
    }

    mutating func start(
        _ input: String,
        limits: LimitsProfile = .standard,
        semantics: UInt16 = Semantics.current
    ) throws {
        try feed(
            .start(
                StartInput(
                    name: "run",
                    stateMachineARN: "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
                    executionARN: "arn:aws:states:us-east-1:123456789012:execution:machine:run",
                    definition: DefinitionDigest(bytes: [UInt8](repeating: 7, count: 32)),
                    roleARN: "arn:aws:iam::123456789012:role/role",
                    input: Payload(text: Array(input.utf8)),
                    seed: [UInt8](repeating: 42, count: 32),
                    semantics: semantics,
                    limits: limits
                )
            )
        )
    }

    /// The next task that was handed out and has not been looked at.
    mutating func nextTask() -> TaskDispatch? {
        while !effects.isEmpty {
            if case .dispatch(let task, _) = effects.removeFirst() { return task }
        }
        return nil
    }

    /// The next task; it is a failure of the test when there is none.
    mutating func takeTask() throws -> TaskDispatch {
        let task = nextTask()
        return try #require(task)
    }

    /// Runs to the end: answers tasks with `handler`, fires timers in order.
    mutating func run(
        _ handler: (TaskDispatch) -> Input? = { .taskSucceeded($0.ordinal, output: $0.parameters) }
    ) throws {
        var rounds = 0
        while state.status == .running, rounds < 10_000 {
            rounds += 1
            if let task = nextTask() {
                if case .activity? = state.task(scheduledAt: task.ordinal)?.kind {
                    try feed(.taskStarted(task.ordinal, workerName: nil))
                }
                if let answer = handler(task) { try feed(answer) }
            } else if let timer = state.earliestTimer {
                now = max(now, timer.due)
                try feed(.timerFired(timer.ordinal))
            } else {
                return
            }
        }
    }

    /// Derives the log again from its bytes.
    func replayed() throws -> Divergence? {
        var replayer = Replayer(
            execution: state.execution,
            definition: state.definition,
            verifying: true
        )
        for turn in turns {
            if let divergence = try replayer.take(turn) { return divergence }
        }
        return nil
    }

    /// Whether deriving the log again notices one event that was replaced, every digest being made
    /// anew; a payload that is missing then is noticed as damage.
    func replayNotices(_ replacement: HistoryEvent, insteadOf id: EventID) -> Bool {
        do {
            return try replayed(replacing: id, by: replacement) != nil
        } catch {
            return true
        }
    }

    private func replayed(
        replacing id: EventID,
        by replacement: HistoryEvent
    ) throws -> Divergence? {
        var digest = TurnDigest.origin
        var texts: [PayloadLocation: [UInt8]] = [:]
        var replayer = Replayer(
            execution: state.execution,
            definition: state.definition,
            verifying: true
        )
        for bytes in turns {
            var turn = try TurnCodec.decode(bytes) { texts[$0] }
            for payload in turn.records.flatMap(\.payloads) {
                if let location = payload.location { texts[location] = payload.text }
            }
            for index in turn.records.indices {
                if case .event(let event) = turn.records[index].body, event.id == id {
                    turn.records[index].body = .event(replacement)
                }
            }
            let encoded = TurnCodec.encode(turn, previous: digest)
            digest = encoded.digest
            if let divergence = try replayer.take(encoded.bytes) { return divergence }
        }
        return nil
    }

    var eventTypes: [String] { events.map(\.typeName) }
}

extension HistoryEvent {
    /// The type and what tells two of it apart, for readable expectations.
    var typeName: String {
        switch body {
        case .stateEntered(let type, let details): "\(type.rawValue)StateEntered \(details.name)"
        case .stateExited(let type, let details): "\(type.rawValue)StateExited \(details.name)"
        case .stateAborted(let type): "\(type.rawValue)StateAborted"
        case .mapIteration(let phase, let details):
            "MapIteration\(String(describing: phase).capitalisedFirst) \(details.index)"
        case .task(let task): "Task\(Self.caseName(task))"
        case .activity(let activity): "Activity\(Self.caseName(activity))"
        case .lambdaFunction(let function): "LambdaFunction\(Self.caseName(function))"
        default: Self.caseName(body)
        }
    }

    private static func caseName(_ value: Any) -> String {
        let text = String(describing: value)
        return String(text.prefix { $0 != "(" }).capitalisedFirst
    }
}

extension String {
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
