import StepwellJSON

/// What came of an expression.
enum EvalOutcome {
    /// Its value.
    case value(JSONValue)
    /// Why it has none.
    case failed(EvalFailure)
}

/// Why an expression has no value.
struct EvalFailure: Error {
    /// `SyntaxError`, or the error name that a state would report.
    let code: String
    let message: String
    /// Where the text is wrong, as a count of characters from 0; nil when the text is right.
    var position: Int?
}
