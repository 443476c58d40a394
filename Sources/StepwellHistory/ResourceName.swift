/// The rules for names of resources (API reference of CreateStateMachine and
/// CreateStateMachineAlias).
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

    /// Whether an alias may have the name: 1 to 80 of `a-z A-Z 0-9 _ - .`, not digits alone.
    package static func isValidAlias(_ name: String) -> Bool {
        let bytes = name.utf8
        return (1...lengthLimit).contains(bytes.count)
            && bytes.allSatisfy { isDigit($0) || isAliasCharacter($0) }
            && bytes.contains(where: isAliasCharacter)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0x9F, 0xFFFE...0xFFFF, 0x10FFFF: false
        default: !scalar.properties.isWhitespace && !forbidden.contains(scalar)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }

    private static func isAliasCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static let forbidden: Set<Unicode.Scalar> = [
        "<", ">", "{", "}", "[", "]", "?", "*", "\"", "#", "%", "\\", "^", "|", "~", "`", "$", "&",
        ",", ";", ":", "/",
    ]
}
