package import StepwellHistory
import StepwellJSON
package import StepwellLanguage

/// One state, tried on its own: the interpreter runs it from its entry to its exit, its first
/// retry or its failure, on an execution that no log holds.
///
/// Pure, as `ExecutionState.step` is: it says what it waits for, and whoever runs it brings that.
package struct StateTrial: Sendable {
    /// What a trial waits for, or how it ended.
    package enum Progress: Sendable {
        /// The task has to be done; its result is an input.
        case task(TaskDispatch)
        /// Nothing but time, or the result of the task handed out before, moves it on.
        case waiting
        case ended(StateTrialOutcome)
    }

    private let tried: State
    private let setup: StateTrialSetup
    private var state: ExecutionState
    private var builder = TransitionBuilder()
    /// The failure on its way to a retrier or catcher.
    private var failed: Failure?
    /// The number of items of a tried Map state; nil where they never became known.
    package private(set) var itemCount: Int?

    /// A trial of a state of a definition.
    package init(
        of index: StateIndex,
        in definition: StateMachineDefinition,
        setup: StateTrialSetup
    ) {
        tried = definition[index]
        self.setup = setup
        state = ExecutionState(
            execution: ExecutionNumber(0),
            definition: definition.beginning(at: index)
        )
        state.trial = TrialWorld(
            context: setup.context ?? JSONObject(),
            givenItems: setup.readerItems
        )
        builder.inspection = StateInspection()
        if let items = setup.pointedItems { builder.inspection?.note(.afterItemsPointer, items) }
    }

    /// What was seen on the way.
    package var inspection: StateInspection {
        builder.inspection ?? StateInspection()
    }

    /// The variables in scope as the state leaves them.
    package var variables: [AssignedVariable] {
        state.branches.isEmpty ? [] : state.branches[.root].variables
    }

    /// The earliest timer that is armed.
    package var timer: (due: Timestamp, ordinal: Ordinal)? { state.earliestTimer }

    /// Enters the state.
    package mutating func begin(at now: Timestamp) -> Progress {
        if let outcome = take(.start(setup.start), at: now) { return outcome }
        state.branches.setVariables(setup.variables, of: .root)
        state.branches[.root].retries.counts = tried.retriers.map { _ in setup.retryCount }
        state.branches[.root].retries.total = setup.retryCount
        if setup.context == nil {
            let context = madeUpContext(at: now)
            state.trial?.context = context
        }
        return goOn(at: now)
    }

    /// Brings the trial what it waits for: a task's news or a timer.
    package mutating func resume(with input: Input, at now: Timestamp) -> Progress {
        take(input, at: now) ?? goOn(at: now)
    }

    private mutating func goOn(at now: Timestamp) -> Progress {
        while state.canGoOn {
            if let progress = take(.continueTurn, at: now) { return progress }
        }
        return .waiting
    }

    /// One input with one decision; nil when the trial goes on by itself.
    private mutating func take(_ input: Input, at now: Timestamp) -> Progress? {
        // The input's record, and at least one that is decided.
        builder.reset(budget: TurnBudget(records: 2, bytes: .max))
        noteRetrier()
        guard case .accepted = state.step(input, at: now, into: &builder) else { return nil }
        let effects = builder.effects
        for record in builder.records {
            if let outcome = outcome(after: record.body) { return .ended(outcome) }
        }
        for case .dispatch(let task, _) in effects {
            switch setup.mock {
            case nil: return .task(task)
            case .result(let result):
                builder.inspection?.note(.result, result)
                return take(.taskSucceeded(task.ordinal, output: result), at: now)
            case .failure(let failure):
                return take(.taskFailed(task.ordinal, failure), at: now)
            }
        }
        mockChildren()
        return nil
    }

    // MARK: Outcomes

    private mutating func outcome(after record: RecordBody) -> StateTrialOutcome? {
        switch record {
        case .engine(.stateFailed(let failure, _)): failed = failure
        case .engine(.catcherMatched(let index)): builder.inspection?.catchIndex = index
        case .engine(.retryScheduled(_, _, let delay, _)):
            builder.inspection?.retryBackoff = delay
            return StateTrialOutcome(status: .retriable, failure: failed)
        default: break
        }
        guard case .event(let event) = record else { return nil }
        switch event.body {
        case .stateExited(_, let details):
            let isCaught = builder.inspection?.catchIndex != nil
            return StateTrialOutcome(
                status: isCaught ? .caughtError : .succeeded,
                output: details.output,
                failure: isCaught ? failed : nil,
                nextState: nextState
            )
        case .executionFailed(let failure):
            return StateTrialOutcome(status: .failed, failure: failure)
        case .executionTimedOut(let failure), .executionAborted(let failure):
            return StateTrialOutcome(status: .failed, failure: failure)
        default:
            return nil
        }
    }

    private var nextState: String? {
        guard case .entering = state.branches[.root].phase else { return nil }
        return state.definition[state.branches[.root].state].name
    }

    private mutating func noteRetrier() {
        guard !state.branches.isEmpty, case .failed(let failure) = state.branches[.root].phase
        else { return }
        failed = failure.failure
        guard failure.kind == .handled else { return }
        let retrier = tried.retriers.firstIndex { state.isMatched(failure, by: $0.errorEquals) }
        builder.inspection?.retryIndex = retrier
    }

    // MARK: Children

    /// Lets the mock stand for the branches of a Parallel state or the iterations of a Map state.
    private mutating func mockChildren() {
        guard let mock = setup.mock, case .entered = state.branches[.root].phase else { return }
        switch tried.kind {
        case .parallel: break
        case .map(let fields):
            guard let items = state.branches[.root].items else { return }
            itemCount = items.count
            do throws(StateFailure) {
                try state.inspectMap(fields, into: &builder)
            } catch {
                return settle(error.failure, kind: error.kind)
            }
        default: return
        }
        switch mock {
        case .failure(let failure): settle(failure, kind: .handled)
        case .result where exceedsTolerance: settle(Self.thresholdExceeded, kind: .handled)
        case .result(let result): state.branches[.root].phase = .resulted(result)
        }
    }

    private mutating func settle(_ failure: Failure, kind: StateFailureKind) {
        state.emit(.engine(.stateFailed(failure, kind: kind)), on: .root, into: &builder)
        state.take(&builder)
    }

    private var exceedsTolerance: Bool {
        let failed = setup.failedIterations
        if let count = inspection.toleratedFailureCount, Int64(failed) > count { return true }
        guard let percentage = inspection.toleratedFailurePercentage,
            let items = state.branches[.root].items?.count, items > 0
        else { return false }
        return Double(failed) * 100 > percentage * Double(items)
    }

    private static let thresholdExceeded = Failure(
        error: ErrorName.exceedToleratedFailureThreshold,
        cause: "The specified tolerated failure threshold was exceeded"
    )
}

extension StateTrial {
    /// The context object that AWS makes up for a state that is tried: that of an execution of an
    /// Express workflow without a redrive.
    private func madeUpContext(at now: Timestamp) -> JSONObject {
        let execution = JSONObject([
            ("Id", .string(setup.start.executionARN)),
            ("Input", (try? setup.start.input.value()) ?? .null),
            ("Name", .string(setup.start.name)),
            ("RoleArn", setup.roleARN.map { .string($0) } ?? .null),
            ("StartTime", .string(now.rfc3339)),
        ])
        let machine = JSONObject([
            ("Id", .string(setup.start.stateMachineARN)),
            ("Name", .string(ContextSource.machineName(setup.start.stateMachineARN))),
        ])
        // AWS names it so whatever the state is called (recorded).
        var entered = JSONObject([
            ("Name", "StateName"), ("EnteredTime", .string(now.rfc3339)),
        ])
        switch tried.kind {
        case .task, .map, .parallel:
            entered["RetryCount"] = .number(JSONNumber(Int64(setup.retryCount)))
        case .pass, .choice, .wait, .succeed, .fail: break
        }
        return JSONObject([
            ("Execution", .object(execution)), ("StateMachine", .object(machine)),
            ("State", .object(entered)),
        ])
    }
}

extension StateMachineDefinition {
    /// The same states in a machine that begins at one of them, wherever it is nested.
    fileprivate func beginning(at index: StateIndex) -> StateMachineDefinition {
        var scopes = scopes
        scopes[0] = Scope(startAt: index, states: self[.root].states, owner: nil)
        return StateMachineDefinition(
            comment: comment,
            version: version,
            timeoutSeconds: nil,
            queryLanguage: queryLanguage,
            states: states,
            scopes: scopes
        )
    }
}
