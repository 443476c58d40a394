/// Why a function cannot work on its arguments, before the call that it happened in is known.
enum IntrinsicFailure: Error {
    case invalid(String)
    case budgetExhausted
}
