import StepwellJSON
import StepwellJSONPath

/// An intrinsic function: its name, how many arguments it takes and what it does.
struct IntrinsicFunction: Sendable {
    /// What a function needs besides its arguments.
    enum Body: Sendable {
        typealias Pure =
            @Sendable (
                IntrinsicArguments, inout EvaluationBudget
            ) throws(IntrinsicFailure) -> JSONValue

        case pure(Pure)
        /// `States.Format`, which needs to know which braces of its template were escaped.
        case format
        case uuid
        case random
    }

    let name: String
    let arity: ClosedRange<Int>
    let body: Body
    /// What it did in the first dialect, where that differs in more than the words of failures.
    let firstBody: Body.Pure?

    init(
        name: String,
        arity: ClosedRange<Int>,
        body: Body,
        first firstBody: Body.Pure? = nil
    ) {
        self.name = name
        self.arity = arity
        self.body = body
        self.firstBody = firstBody
    }

    /// What the function does in a dialect.
    func body(in dialect: PathDialect) -> Body {
        guard dialect == .first, let firstBody else { return body }
        return .pure(firstBody)
    }
}
