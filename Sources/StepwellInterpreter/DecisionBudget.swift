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
///
/// A decision that proves to take more than a millisecond or two is put off (revision 7): nothing
/// is recorded of it, its turn ends, and it is made from its beginning by the turn that goes on.
/// The engine makes that one beside the thread on which the others have their turns.
struct DecisionBudget: Sendable {
    /// What a decision may spend on evaluating.
    static let evaluationSteps = 1_000_000
    /// What a field, before revision 7, may spend on paths, templates and functions.
    private static let fieldSteps = 1_000_000
    /// What an expression costs beside the steps that are counted in it.
    private static let expressionSteps = 32
    /// Sixteen bytes of text are a step.
    private static let textShift = 4
    /// The code of an expression that has spent its budget.
    static let exceeded = "U1001"
    /// Matching takes about the time of other steps.
    private static let patternShift = 0
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
    private var expressions: JSONataBudget = {
        var budget = JSONataBudget.aws
        budget.steps = DecisionBudget.evaluationSteps
        budget.bytes = 64 << 20
        budget.patternSteps = 1_000_000
        budget.isThorough = true
        return budget
    }()
    /// The bytes of values that were written out.
    private(set) var written = 0
    /// The bytes of text that values were made from or written to: payloads keep both.
    private(set) var parsed = 0
    /// What may be spent before the decision is put off.
    private var patience = Int.max
    /// Whether it was: what was found out of it is not known, and nothing is to be recorded.
    private(set) var isPutOff = false

    /// The budget of an execution that follows a revision; in earlier ones nothing is put off.
    init(semantics: UInt16 = Semantics.current, patience: Int = .max) {
        isShared = semantics >= Semantics.decisionBudgets
        if isShared { self.patience = patience }
    }

    /// Something is recorded of the decision: it is made to its end.
    mutating func begins() { patience = .max }

    /// Does the work of paths, templates and functions.
    mutating func withPaths<Result, Problem: Error>(
        _ body: (inout EvaluationBudget) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        let whole = isShared ? expressions.steps : Self.fieldSteps
        let given = min(whole, rest)
        var budget = EvaluationBudget(steps: given)
        do throws(Problem) {
            let result = try body(&budget)
            spend(given - budget.steps)
            return result
        } catch {
            spend(given - budget.steps)
            if budget.steps == 0, given < whole { isPutOff = true }
            throw error
        }
    }

    /// Evaluates an expression.
    mutating func withExpression<Result>(
        _ body: (inout JSONataBudget) throws(JSONataError) -> Result
    ) throws(JSONataError) -> Result {
        spend(Self.expressionSteps)
        let whole = isShared ? expressions : .state
        var given = whole
        given.steps = min(whole.steps, rest)
        given.patternSteps = min(whole.patternSteps, rest.shifted(by: Self.patternShift))
        given.bytes = min(whole.bytes, rest.shifted(by: Self.textShift))
        var budget = given
        defer {
            spend(given.steps - budget.steps)
            let patterns = given.patternSteps - budget.patternSteps
            let bytes = given.bytes - budget.bytes
            spent += patterns >> Self.patternShift + bytes >> Self.textShift
            expressions.patternSteps -= patterns
            expressions.bytes -= bytes
        }
        do throws(JSONataError) {
            return try body(&budget)
        } catch {
            if error.code == Self.exceeded, given != whole { isPutOff = true }
            throw error
        }
    }

    /// What may still be spent before the decision is put off.
    private var rest: Int { patience == .max ? .max : max(0, patience - spent) }

    /// Charges the turn with parsing a text.
    mutating func charge(parsing bytes: Int) {
        parsed += bytes
        spent += bytes >> Self.textShift
    }

    /// Charges the turn with writing out a value, whose bytes count for the decision.
    mutating func charge(writing bytes: Int) {
        parsed += bytes
        written += bytes
        spent += bytes >> Self.textShift
    }

    /// Begins with the next of many decisions that are one in name: it has a budget of its own, and
    /// all of them are charged to the turn, or put off, together.
    mutating func begin() {
        var next = DecisionBudget(isShared: isShared)
        (next.spent, next.parsed) = (spent, parsed)
        (next.patience, next.isPutOff) = (patience, isPutOff)
        self = next
    }

    private init(isShared: Bool) {
        self.isShared = isShared
    }

    private mutating func spend(_ steps: Int) {
        spent += steps
        expressions.steps = max(0, expressions.steps - steps)
    }
}

extension Int {
    /// The number times two to the power of `bits`; the largest where it would be larger still.
    fileprivate func shifted(by bits: Int) -> Int {
        self > .max >> bits ? .max : self << bits
    }
}
