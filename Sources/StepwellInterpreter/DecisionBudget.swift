import StepwellJSONPath
import StepwellJSONata

/// The counted work of one decision: what all fields and conditions of its state may do together,
/// and what they have done, which the turn is charged with.
///
/// Counted and never timed, so that a replay runs out exactly where the first run did. A step is a
/// call, an element or node that is looked at, or sixteen bytes of text that is parsed or written.
/// A million of them are about a tenth of a second: no definition holds its shard for longer before
/// others have their turns. What needs more fails by name. Less would not do: to sort the ten
/// thousand objects that a payload of 256 KiB can hold takes half of it.
struct DecisionBudget: Sendable {
    /// What a decision may spend on evaluating.
    static let evaluationSteps = 1_000_000
    /// What a field, before revision 7, may spend on paths, templates and functions.
    private static let fieldSteps = 1_000_000
    /// What an expression costs beside the steps that are counted in it.
    private static let expressionSteps = 32
    /// Sixteen bytes of text are a step.
    private static let textShift = 4
    /// Matching takes a quarter of the time of other steps.
    private static let patternShift = 2
    /// How many times the quota of a payload one decision may write out: values between the fields
    /// of a state, of which the last may pick a small part.
    private static let writtenFactor = 64

    /// The bytes that one decision may write out where a payload may have `limit`.
    static func writable(_ limit: Int) -> Int {
        let (bytes, overflow) = limit.multipliedReportingOverflow(by: writtenFactor)
        return overflow ? .max : bytes
    }

    /// Whether the fields of a state share one budget (revision 7).
    let isShared: Bool
    /// What the turn is charged with.
    private(set) var spent = 0
    private var expressions = JSONataBudget(
        steps: evaluationSteps,
        bytes: 64 << 20,
        patternSteps: 2_000_000
    )
    /// The bytes of values that were written out.
    private(set) var written = 0

    init(semantics: UInt16 = Semantics.current) {
        isShared = semantics >= Semantics.decisionBudgets
    }

    /// Does the work of paths, templates and functions.
    mutating func withPaths<Result, Problem: Error>(
        _ body: (inout EvaluationBudget) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        let given = isShared ? expressions.steps : Self.fieldSteps
        var budget = EvaluationBudget(steps: given)
        defer { spend(given - budget.steps) }
        return try body(&budget)
    }

    /// Evaluates an expression.
    mutating func withExpression<Result, Problem: Error>(
        _ body: (inout JSONataBudget) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        spend(Self.expressionSteps)
        let given = isShared ? expressions : .state
        var budget = given
        defer {
            spend(given.steps - budget.steps)
            spent += (given.patternSteps - budget.patternSteps) >> Self.patternShift
            spent += (given.bytes - budget.bytes) >> Self.textShift
            expressions.patternSteps = budget.patternSteps
            expressions.bytes = budget.bytes
        }
        return try body(&budget)
    }

    /// Charges the turn with parsing a text.
    mutating func charge(parsing bytes: Int) {
        spent += bytes >> Self.textShift
    }

    /// Charges the turn with writing out a value, whose bytes count for the decision.
    mutating func charge(writing bytes: Int) {
        written += bytes
        spent += bytes >> Self.textShift
    }

    /// Forgets what was written, for work that is many decisions in all but the name.
    mutating func begin() {
        self = DecisionBudget(isShared: isShared)
    }

    private init(isShared: Bool) {
        self.isShared = isShared
    }

    private mutating func spend(_ steps: Int) {
        spent += steps
        expressions.steps = max(0, expressions.steps - steps)
    }
}
