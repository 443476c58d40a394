import StepwellJSON

/// What came of an expression.
enum EvalOutcome {
    /// Its value.
    case value(JSONValue)
    /// The expression has no value, which JSONata tells from null.
    case undefined
    /// Why it has none.
    case failed(EvalFailure)

    /// What `--lines` and `--json` print of it.
    var members: [(String, JSONValue)] {
        switch self {
        case .value(let value): return [("result", value)]
        case .undefined: return [("undefined", .bool(true))]
        case .failed(let failure):
            var error = JSONObject([
                ("code", .string(failure.code)), ("message", .string(failure.message)),
            ])
            if let position = failure.position {
                error["position"] = .number(JSONNumber(Int64(position)))
            }
            if let token = failure.token {
                error["token"] = .string(token)
            }
            return [("error", .object(error))]
        }
    }
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
