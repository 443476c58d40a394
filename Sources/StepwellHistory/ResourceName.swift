/// The rules for names of resources (API reference of CreateStateMachine).
package enum ResourceName {
    /// The most characters that a name may have.
    package static let lengthLimit = 80

    /// Whether a state machine, execution or activity may have the name.
    ///
    /// 1 to 80 characters; no white space, brackets, wildcards, control characters,
    /// noncharacters or any of `" # % \ ^ | ~ $ & , ; : /` and the back quote.
    package static func isValid(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        return (1...lengthLimit).contains(scalars.count) && scalars.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0x9F, 0xFFFE...0xFFFF, 0x10FFFF: false
        default: !scalar.properties.isWhitespace && !forbidden.contains(scalar)
        }
    }

    private static let forbidden: Set<Unicode.Scalar> = [
        "<", ">", "{", "}", "[", "]", "?", "*", "\"", "#", "%", "\\", "^", "|", "~", "`", "$", "&",
        ",", ";", ":", "/",
    ]
}
