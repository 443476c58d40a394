/// Why a function cannot work on its arguments, before the call that it happened in is known.
enum IntrinsicFailure: Error {
    /// The arguments are not what the function takes; AWS does not say which and why.
    case invalid(String)
    /// The template of `States.Format` has braces that do not match, and which.
    case template(String)
    case budgetExhausted
}
