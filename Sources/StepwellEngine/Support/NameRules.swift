/// What the names of state machines, executions and activities may be.
///
/// 1 to 80 characters; no white space, brackets, wildcards, control characters or any of
/// `" # % \ ^ | ~ $ & , ; : /` and the back quote (API reference of CreateStateMachine).
package enum NameRules {
    /// Throws `InvalidName` in AWS's words when a name is not allowed.
    package static func check(_ name: String) throws(ServiceError) {
        let count = name.unicodeScalars.count
        guard count >= 1, count <= 80, name.unicodeScalars.allSatisfy(isAllowed) else {
            throw ServiceError(code: "InvalidName", message: "Invalid Name: '\(name)'")
        }
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
