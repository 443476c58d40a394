import StepwellJSON

/// What came of an expression.
enum EvalOutcome {
    /// Its value.
    case value(JSONValue)
    /// The expression has no value, which JSONata tells from null.
    case undefined
    /// Why it has none.
    case failed(EvalFailure)
}

/// Why an expression has no value.
struct EvalFailure: Error {
    /// `SyntaxError`, the error name that a state would report, or JSONata's code.
    let code: String
    let message: String
    /// Where the expression is wrong or failed, as a count from 0 of characters, of UTF-16 units in
    /// JSONata; nil when no place is known.
    var position: Int?
    /// The token or function concerned.
    var token: String?
    /// Whether the expression was right, and failed when it was evaluated.
    var hasRun = false
}
