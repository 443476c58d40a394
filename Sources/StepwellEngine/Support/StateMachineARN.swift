/// The ARN of a state machine, or of one of its versions or aliases.
package struct StateMachineARN: Sendable, Hashable {
    /// What follows the state machine's name in a qualified ARN.
    package enum Qualifier: Sendable, Hashable {
        case version(Int)
        case alias(String)
    }

    /// The state machine's own ARN.
    package let unqualified: String
    package let qualifier: Qualifier?

    /// Takes an ARN apart.
    ///
    /// Throws `InvalidArn` when it is none of a state machine, and `ValidationException` when it
    /// names a labelled Map state (`NAME/LABEL`), which no operation that takes this type does.
    package init(_ text: String) throws(ServiceError) {
        let arn = try ResourceARN(text, expecting: .stateMachine, atLeast: 1)
        guard arn.names.count <= 2 else { throw .invalidARN("Invalid ARN length: \(text)") }
        guard !arn.names[0].utf8.contains(UInt8(ascii: "/")) else {
            throw .validation(
                "The ARN '\(text)' is that of a labelled Map state, which this operation does "
                    + "not support.",
                reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS"
            )
        }
        guard arn.names.count == 2 else {
            unqualified = text
            qualifier = nil
            return
        }
        unqualified = arn.sibling(.stateMachine, [arn.names[0]])
        qualifier = Self.number(arn.names[1]).map { .version($0) } ?? .alias(arn.names[1])
    }

    /// A version's number: decimal digits without a leading zero.
    private static func number(_ text: String) -> Int? {
        let digits = text.utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }
}
