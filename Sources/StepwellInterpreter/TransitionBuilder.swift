package import StepwellHistory

/// Collects what one turn decides: its records and the effects that follow from them.
///
/// A decision only adds to it; the state takes the records when the decision is made
/// (``ExecutionState/take(_:)``). Until then they are *pending*, and who decides counts with them:
/// the ordinal and the event id of the next record, the draws so far.
///
/// Durability contract: the engine makes the records durable before it carries out any effect or
/// answers any caller.
package struct TransitionBuilder: Sendable {
    /// The records in order; the first is the input.
    package var records: [Record] = []
    package var effects: [Effect] = []
    /// How much the turn may still do.
    package var budget: TurnBudget
    /// The bytes of the texts whose values the execution's payloads hold since this turn.
    package private(set) var parsedBytes = 0
    /// How many of the records the state has taken.
    private(set) var taken = 0
    /// How many of the pending records are events.
    private(set) var pendingEvents: EventID = 0
    /// How many blocks of the random stream the pending records stand for.
    private(set) var pendingDraws: UInt64 = 0
    /// What the decision at hand asks for.
    private(set) var asks: [Ask] = []
    /// What is seen of a state that is tried on its own; nil in every execution.
    var inspection: StateInspection?
    /// What is seen of a visit whose turns are derived again; nil in every execution.
    package var observation: StateObservation?
    /// The work of the decision at hand.
    var decision = DecisionBudget()
    /// Whether the turn ended before a decision that proved to be long: it is to be made by a turn
    /// with the budget `patient`.
    package var isPutOff: Bool { decision.isPutOff }
    private let findsActivity: @Sendable (String) -> Bool
    /// The activities that were asked about in this turn, and the answers.
    private var activities: [(arn: String, exists: Bool)] = []
    /// How many activities of an execution may be open at once; what exceeds it is recorded
    /// (`activitiesExhausted`).
    package let openActivities: Int
    private let isServed: @Sendable (TaskOffer) -> Bool
    /// What was asked about in this turn, and the answers.
    private var served: [(offer: TaskOffer, isServed: Bool)] = []

    /// A builder that asks what is given about the world: which activities exist, how many may be
    /// open, and whether anything does the work that a Task state offers.
    package init(
        budget: TurnBudget = .standard,
        openActivities: Int = .max,
        isServed: @escaping @Sendable (TaskOffer) -> Bool = { _ in true },
        activityExists: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.budget = budget
        self.openActivities = openActivities
        self.isServed = isServed
        findsActivity = activityExists
        records.reserveCapacity(16)
    }

    /// Forgets everything, to be used for the next turn.
    package mutating func reset(budget: TurnBudget = .standard) {
        records.removeAll(keepingCapacity: true)
        effects.removeAll(keepingCapacity: true)
        served.removeAll(keepingCapacity: true)
        activities.removeAll(keepingCapacity: true)
        self.budget = budget
        parsedBytes = 0
        (taken, pendingEvents, pendingDraws) = (0, 0, 0)
        asks.removeAll(keepingCapacity: true)
    }

    /// The records that the state has not taken yet.
    var pending: Int { records.count - taken }

    /// Adds a record, and charges the turn with it.
    mutating func add(_ record: consuming Record) {
        budget.records -= 1
        budget.bytes -= record.approximateSize
        switch record.body {
        case .event: pendingEvents += 1
        case .engine(.randomDrawn), .engine(.tokenMinted), .engine(.mapRunPrepared):
            pendingDraws += 1
        case .engine, .input: break
        }
        records.append(record)
    }

    /// Adds an effect that says how the state is when it has taken the records.
    mutating func ask(_ ask: Ask) { asks.append(ask) }

    /// The state has taken what is pending; what the decision asked for.
    mutating func settle() -> [Ask] {
        (taken, pendingEvents, pendingDraws) = (records.count, 0, 0)
        defer { asks.removeAll(keepingCapacity: true) }
        return asks
    }

    /// Charges the turn with the decision that was made.
    mutating func charge() {
        budget.steps -= decision.spent
        parsedBytes += decision.parsed
    }

    /// Whether an activity exists now; an absence that matters is recorded (`activityAbsent`).
    ///
    /// The answer is the same throughout a turn, since replay has one for each.
    mutating func activityExists(_ arn: String) -> Bool {
        if let known = activities.first(where: { $0.arn.utf8.elementsEqual(arn.utf8) }) {
            return known.exists
        }
        let exists = findsActivity(arn)
        activities.append((arn, exists))
        return exists
    }

    /// Whether anything does the work now; that nothing does is recorded (`handlerAbsent`).
    ///
    /// The answer is the same throughout a turn, since replay has one for each.
    mutating func isServed(_ offer: TaskOffer) -> Bool {
        if let known = served.first(where: { $0.offer.isSameWork(as: offer) }) {
            return known.isServed
        }
        let answer = isServed(offer)
        served.append((offer, answer))
        return answer
    }
}

/// The counted budget of one turn; what is left when it is spent goes on in another.
///
/// Replay follows the recorded boundaries of turns, so the numbers may change.
package struct TurnBudget: Sendable, Hashable {
    /// Records that may still be made.
    package var records: Int
    /// Bytes of payload that may still be recorded.
    package var bytes: Int
    /// Steps of evaluating, parsing and writing that may still be done.
    package var steps: Int
    /// Steps that one decision may take; one that proves to take more is put off.
    package var decisionSteps: Int
    /// Whether decisions may take what they take: the first of the turn was put off.
    package var takesItsTime = false

    package init(
        records: Int,
        bytes: Int,
        steps: Int = .max,
        decisionSteps: Int = .max
    ) {
        self.records = records
        self.bytes = bytes
        self.steps = steps
        self.decisionSteps = decisionSteps
    }

    /// 256 records, 128 KiB or 50,000 steps, which are a few milliseconds; a decision that takes
    /// more than 10,000 is put off, so that little is done twice.
    package static let standard = TurnBudget(
        records: 256,
        bytes: 131_072,
        steps: 50_000,
        decisionSteps: 10_000
    )
    /// That of the turn which goes on behind one whose last decision was put off.
    package static let patient = {
        var budget = TurnBudget.standard
        budget.takesItsTime = true
        return budget
    }()
    /// For replay, which ends turns where the log does.
    package static let unlimited = TurnBudget(records: .max, bytes: .max)

    var isSpent: Bool { records <= 0 || bytes <= 0 || steps <= 0 }
}
