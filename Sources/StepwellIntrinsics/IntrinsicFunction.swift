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
}
