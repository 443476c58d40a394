import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage
import StepwellReplay

/// One execution in memory whose tasks answer with their parameters, fail or stay silent in turn.
struct FuzzRun {
    private var state: ExecutionState
    private var turns: [[UInt8]] = []
    private var digest = TurnDigest.origin
    private var tasks: [TaskDispatch] = []
    private var now = Timestamp(milliseconds: 1_800_000_000_000)
    private var answers = 0
    /// Turns in a row that went on at their budget's end and made no event.
    private var stillTurns = 0
    /// Whether the last turn ended before a decision that takes long.
    private var isPutOff = false

    init(definition: StateMachineDefinition) {
        state = ExecutionState(execution: ExecutionNumber(1), definition: definition)
    }

    /// Runs at most two hundred inputs; the complaint when a property does not hold.
    mutating func complaint(on input: [UInt8]) -> String? {
        guard let value = try? JSONParser.parse(input) else { return nil }
        if let found = feed(start(JSONWriter.write(value))) { return found }
        var rounds = 0
        while state.status == .running, rounds < 200, let next = nextInput() {
            rounds += 1
            if let found = feed(next) { return found }
        }
        return replayComplaint()
    }

    private func start(_ input: [UInt8]) -> Input {
        .start(
            StartInput(
                name: "run",
                stateMachineARN: "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
                executionARN: "arn:aws:states:us-east-1:123456789012:execution:machine:run",
                definition: DefinitionDigest(bytes: [UInt8](repeating: 7, count: 32)),
                roleARN: "arn:aws:iam::123456789012:role/role",
                input: Payload(text: input),
                seed: [UInt8](repeating: 42, count: 32),
                semantics: Semantics.current,
                limits: .standard
            )
        )
    }

    private mutating func nextInput() -> Input? {
        if state.summary.isRunnable { return .continueTurn }
        if let task = tasks.popLast(), state.task(scheduledAt: task.ordinal) != nil {
            answers += 1
            switch answers % 3 {
            case 1: return .taskSucceeded(task.ordinal, output: task.parameters)
            case 2: return .taskFailed(task.ordinal, Failure(error: "Odd", cause: "odd"))
            default: break
            }
        }
        guard let timer = state.earliestTimer else { return nil }
        now = max(now, timer.due)
        return .timerFired(timer.ordinal)
    }

    private mutating func feed(_ input: Input) -> String? {
        let budget = isPutOff && input == .continueTurn ? TurnBudget.patient : .standard
        var builder = TransitionBuilder(budget: budget, activityExists: { _ in true })
        let firstOrdinal = state.lastOrdinal.advanced(by: 1)
        let firstEventID = state.lastEventID + 1
        guard state.step(input, at: now, into: &builder) == .accepted else { return nil }
        isPutOff = builder.isPutOff
        for effect in builder.effects {
            if case .dispatch(let task, _) = effect { tasks.append(task) }
        }
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
        let isStill = builder.records.allSatisfy {
            if case .event = $0.body { false } else { true }
        }
        stillTurns = isStill && input == .continueTurn ? stillTurns + 1 : 0
        guard stillTurns < 20 else { return "the execution goes on without any event" }
        return complaint(about: builder.records, after: firstEventID - 1)
    }

    private func complaint(about records: [Record], after last: EventID) -> String? {
        var id = last
        for case .event(let event) in records.map(\.body) {
            guard event.id == id + 1, event.previousEventID < event.id else {
                return "event \(event.id) below \(event.previousEventID) follows \(id)"
            }
            id = event.id
        }
        return nil
    }

    private func replayComplaint() -> String? {
        var replayer = Replayer(
            execution: state.execution,
            definition: state.definition,
            verifying: true
        )
        do {
            for turn in turns {
                if let divergence = try replayer.take(turn) { return "diverged: \(divergence)" }
            }
        } catch {
            return "the log cannot be read: \(error)"
        }
        return nil
    }
}
