package import StepwellHistory
package import StepwellLanguage

/// One thread of control: the execution itself, a branch of a Parallel state or an iteration of a
/// Map state.
///
/// It is in exactly one state of its machine at a time.
package struct Branch: Sendable {
    /// What the branch is to its parent.
    package enum Role: Sendable, Hashable {
        case root
        /// A branch of a Parallel state, by its index in `Branches`.
        case parallel(Int)
        /// An iteration of a Map state, by its index.
        case iteration(Int)
    }

    package let id: BranchID
    package let parent: BranchID?
    package let role: Role
    /// The event that the branch's next event hangs below.
    package var previousEventID: EventID
    package var state: StateIndex
    /// The raw input of the current state.
    package var input: Payload
    package var phase: Phase
    /// Whether no state of the branch was entered yet: its first input is what its parent gives it.
    package var isFresh = true
    /// The `…StateEntered` event of the current state.
    package var enteredEventID: EventID = 0
    /// What that event hangs below.
    package var beforeEntryEventID: EventID = 0
    package var enteredTime = Timestamp(milliseconds: 0)
    package var retries = RetryCounters()
    /// Changed through `BranchTable` alone, which knows how many bytes all variables take.
    var scope = VariableScope()
    /// The branches that a Parallel or Map state runs.
    package var children: Children?
    /// What a Parallel or Map state that failed had come to: a redrive goes on from there.
    package var ended: Children?
    /// The work that a Task state has outside.
    package var task: TaskActivation?
    /// The task token minted for the state's current attempt.
    package var token: MintedToken?
    /// A Map's items, resolved and not yet started.
    package var items: ResolvedItems?
    /// A distributed Map's run, by its place among those of the execution.
    package var mapRun: Int?
    /// The run of a distributed Map state that failed: a redrive goes on with it.
    package var endedMapRun: Int?

    package init(
        id: BranchID,
        parent: BranchID?,
        role: Role,
        previousEventID: EventID,
        state: StateIndex,
        input: Payload,
        phase: Phase = .entering
    ) {
        self.id = id
        self.parent = parent
        self.role = role
        self.previousEventID = previousEventID
        self.state = state
        self.input = input
        self.phase = phase
    }

    /// Variables assigned in this branch's scope, in order of first assignment.
    package var variables: [AssignedVariable] { scope.all }

    /// The type of the branch's state when AWS records that it was aborted: a Task, Wait, Parallel
    /// or Map state under way.
    ///
    /// A container that failed has recorded its end already.
    func abortableType(_ definition: StateMachineDefinition) -> StateType? {
        let hasFailed = if case .failed = phase { true } else { false }
        switch (phase, definition[state].kind) {
        case (.entering, _), (.aborted, _), (.ended, _): return nil
        case (_, .task): return .task
        case (_, .wait): return .wait
        case (_, .parallel): return hasFailed ? nil : .parallel
        case (_, .map): return hasFailed ? nil : .map
        case (_, .pass), (_, .choice), (_, .succeed), (_, .fail): return nil
        }
    }
}

/// Where a branch stands within its current state.
///
/// | phase | next record | then |
/// | --- | --- | --- |
/// | entering | `…StateEntered` | entered |
/// | entered | begins the state's work, by its type | working, joining, waiting, chosen, failed |
/// | chosen | `ChoiceStateExited` | entering |
/// | waiting | none: a timer has to fire | waited, entered |
/// | waited | `WaitStateExited` | entering, ended |
/// | working | task events as inputs arrive | resulted, failed |
/// | joining | `MapIterationStarted`, `childScheduled`, `childRedriven` while more may | … |
/// | collected | `MapRunSucceeded`, `ParallelStateSucceeded`, `MapStateSucceeded` | resulted |
/// | resulted | `…StateExited` | entering, ended |
/// | failed | aborts of children, `retryScheduled`, `catcherMatched` or the failure's way up | … |
/// | caught | `…StateExited` with the catcher's output | entering |
/// | ended | `MapIterationSucceeded`, `ExecutionSucceeded` | gone |
package enum Phase: Sendable, Equatable {
    case entering
    case entered
    /// A choice was made; `rule` is nil when it was the default.
    case chosen(StateIndex, rule: Int?)
    case waiting(Ordinal)
    case waited
    case working
    case joining
    case collected
    /// The result of the state's work; nil stands for the results of its children.
    case resulted(Payload?)
    case failed(StateFailure)
    case caught(StateFailure, catcher: Int)
    case ended(Payload)
    /// The state was aborted; `MapIterationAborted` follows.
    case aborted
}

/// A failure of a state on its way through retriers and catchers.
package struct StateFailure: Error, Sendable, Hashable {
    package var failure: Failure
    package var kind: StateFailureKind
    /// A missed heartbeat: retriers and catchers see `States.HeartbeatTimeout` as well.
    package var isHeartbeat: Bool
    /// Set while a failed evaluation is on its way to be recorded; not part of the state.
    package var evaluation: EvaluationProblem?

    package init(_ failure: Failure, kind: StateFailureKind = .handled, isHeartbeat: Bool = false) {
        self.failure = failure
        self.kind = kind
        self.isHeartbeat = isHeartbeat
    }
}

/// Where an expression of a JSONata state failed.
package struct EvaluationProblem: Sendable, Hashable {
    /// The field, and the way to what failed in it; nil where AWS names none.
    package var location: String?
    /// Whether the expression had a value, which cannot be used.
    package var isParsed: Bool
}

/// The recorded half of a task token; the engine's `TaskToken` adds shard and execution.
package struct MintedToken: Sendable, Hashable {
    /// The record that minted it, which is the task's identity.
    package let ordinal: Ordinal
    /// 16 bytes.
    package let secret: [UInt8]
}

/// How often the retriers of the current state have been used since it was entered.
package struct RetryCounters: Sendable, Hashable {
    /// By the retrier's index; empty until the first retry.
    package var counts: [Int] = []
    /// All retries together: `$$.State.RetryCount`.
    package var total = 0

    /// The number of retries that a retrier has made.
    package func count(of retrier: Int) -> Int {
        retrier < counts.count ? counts[retrier] : 0
    }

    /// Counts one retry.
    package mutating func increment(_ retrier: Int) {
        while counts.count <= retrier { counts.append(0) }
        counts[retrier] += 1
        total += 1
    }
}
