import StepwellEngine
package import StepwellHistory

/// What an execution did, as its log has it.
package struct ExecutionTrace: Sendable {
    /// A choice rule or catcher that was taken; nil for a Choice state's `Default`.
    package struct Taken: Sendable, Hashable {
        package let state: String
        package let index: Int?
    }

    /// A state that was entered.
    package struct Visit: Sendable {
        package let state: String
        /// Whether it is a state of the machine's top level.
        package let isTopLevel: Bool
    }

    /// The state that a task of a branch is of, and which call of it.
    struct Call: Sendable {
        let state: String
        let number: Int
    }

    /// The error of a task that nothing does.
    static let unhandled = "Stepwell.NoHandler"

    /// The name of the state machine.
    package let machine: String
    package let executionARN: String
    package fileprivate(set) var visits: [Visit] = []
    /// How often states were retried.
    package fileprivate(set) var retries: [String: Int] = [:]
    /// What tasks were given, call by call, by state.
    package fileprivate(set) var calls: [String: [Payload]] = [:]
    /// The variables of the top level as they are at the end, in the order of their assignment.
    package fileprivate(set) var variables: [AssignedVariable] = []
    /// The choice rules that were taken.
    package fileprivate(set) var rules: Set<Taken> = []
    /// The catchers that were taken.
    package fileprivate(set) var catchers: Set<Taken> = []
    /// The first call of each state that had no response, in the order of time.
    private(set) var unanswered: [Call] = []
    /// The calls that have a task token, by its ordinal.
    var tokens: [Ordinal: Call] = [:]
    /// The state that each branch is in.
    private var states: [BranchID: String] = [:]
    private var minted: [BranchID: Ordinal] = [:]

    /// The trace of an execution that has just been started.
    init(_ start: StartInput) {
        executionARN = start.executionARN
        let parts = start.stateMachineARN.split(separator: ":", maxSplits: 6)
        machine = String(parts.last?.prefix { $0 != "/" } ?? "")
    }

    /// Takes in the next record.
    mutating func take(_ record: Record) {
        switch record.body {
        case .event(let event): take(event.body, on: record.branch)
        case .engine(let decision): take(decision, record)
        case .input: return
        }
    }

    private mutating func take(_ decision: EngineRecord, _ record: Record) {
        guard let state = states[record.branch] else { return }
        switch decision {
        case .ruleMatched(let index): rules.insert(Taken(state: state, index: index))
        case .catcherMatched(let index): catchers.insert(Taken(state: state, index: index))
        case .retryScheduled: retries[state, default: 0] += 1
        case .tokenMinted: minted[record.branch] = record.ordinal
        default: return
        }
    }

    private mutating func take(_ event: HistoryEventBody, on branch: BranchID) {
        switch event {
        case .stateEntered(_, let details):
            states[branch] = details.name
            visits.append(Visit(state: details.name, isTopLevel: branch == .root))
        case .stateExited(_, let details) where branch == .root:
            for variable in details.assignedVariables {
                variables.removeAll { $0.name.utf8.elementsEqual(variable.name.utf8) }
                variables.append(variable)
            }
        case .task(.scheduled(let details)): call(details.parameters, on: branch)
        case .activity(.scheduled(let details)), .lambdaFunction(.scheduled(let details)):
            call(details.input, on: branch)
        default: note(event.failureOfTask, on: branch)
        }
    }

    private mutating func note(_ failure: Failure?, on branch: BranchID) {
        guard let failure, failure.error == Self.unhandled || failure.isMissingResponse,
            let state = states[branch], !unanswered.contains(where: { $0.state == state })
        else { return }
        unanswered.append(Call(state: state, number: max(1, calls[state]?.count ?? 1) - 1))
    }

    private mutating func call(_ input: Payload, on branch: BranchID) {
        guard let state = states[branch] else { return }
        let number = calls[state]?.count ?? 0
        calls[state, default: []].append(input)
        guard let ordinal = minted.removeValue(forKey: branch) else { return }
        tokens[ordinal] = Call(state: state, number: number)
    }
}

extension HistoryEventBody {
    /// Why a task's work failed, if this event says so.
    fileprivate var failureOfTask: Failure? {
        switch self {
        case .task(.failed(_, let failure)), .task(.startFailed(_, let failure)),
            .task(.submitFailed(_, let failure)), .activity(.failed(let failure)),
            .activity(.scheduleFailed(let failure)), .lambdaFunction(.failed(let failure)),
            .lambdaFunction(.scheduleFailed(let failure)),
            .lambdaFunction(.startFailed(let failure)):
            failure
        default: nil
        }
    }
}
