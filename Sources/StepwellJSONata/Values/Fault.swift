import StepwellJSON

/// Why an expression was refused or its evaluation ended, as the evaluator throws it: one word, so
/// that a throwing call costs no more than another.
final class Fault: Error {
    let code: String
    let position: Int?
    let token: String?
    let value: JSONValue?
    /// A second detail of the message: the other value, the expected token, an argument's number.
    let detail: String?

    init(
        _ code: String,
        position: Int? = nil,
        token: String? = nil,
        value: JSONValue? = nil,
        detail: String? = nil
    ) {
        self.code = code
        self.position = position
        self.token = token
        self.value = value
        self.detail = detail
    }

    /// A number that JSON cannot hold.
    static func outOfRange(_ number: Double, at position: Int? = nil, token: String? = nil) -> Fault
    {
        let name = number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
        return Fault("D1001", position: position, token: token, detail: name)
    }

    /// The same with a place and a token, where it has none of its own.
    func located(at position: Int, token: String? = nil) -> Fault {
        guard self.position == nil || (self.token == nil && token != nil) else {
            return self
        }
        return Fault(
            code,
            position: self.position ?? position,
            token: self.token ?? token,
            value: value,
            detail: detail
        )
    }
}
