/// Something that is wrong with a definition, where, and how to fix it.
package struct DefinitionProblem: Sendable, Equatable {
    /// How bad a problem is.
    package enum Severity: String, Sendable {
        /// The definition cannot be used.
        case error = "ERROR"
        /// The definition can be used, but may not do what its author meant.
        case warning = "WARNING"
    }

    /// How bad it is.
    package let severity: Severity
    /// The code of `ValidateStateMachineDefinition`.
    package let code: DefinitionProblemCode
    /// The place as AWS writes it (`/States/A/Choices[0]/Next`); `nil` when the text is no JSON
    /// object or the problem is one of all its states.
    package let location: String?
    /// The exact place as a JSON pointer (RFC 6901).
    package let pointer: String
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
    /// What is wrong.
    package let message: String
    /// How it could be fixed.
    package let hint: String?
    /// Whether the definition is one of the States language all the same: it cannot be run as it
    /// is, because a placeholder is not filled in or because this version lacks a feature.
    package let blocksRunningOnly: Bool
    /// What AWS says instead of `message` of a text that is no JSON, with the place.
    var jackson: String?

    func placed(line: Int, column: Int) -> DefinitionProblem {
        DefinitionProblem(
            severity: severity,
            code: code,
            location: location,
            pointer: pointer,
            line: line,
            column: column,
            message: message,
            hint: hint,
            blocksRunningOnly: blocksRunningOnly,
            jackson: jackson
        )
    }

    /// The same as a warning.
    func warned() -> DefinitionProblem {
        DefinitionProblem(
            severity: .warning,
            code: code,
            location: location,
            pointer: pointer,
            line: line,
            column: column,
            message: message,
            hint: hint,
            blocksRunningOnly: blocksRunningOnly,
            jackson: jackson
        )
    }

    /// The message for those who see no `line` and `column`: of a text that is no JSON it says them
    /// itself, as AWS's does, since no location leads to the place.
    package var placedMessage: String {
        if let jackson { return jackson }
        return code == .invalidJSONDescription
            ? "\(message) at line \(line), column \(column)" : message
    }

    /// The problem as it stands in the message of AWS's `InvalidDefinition`.
    package var invalidDefinitionText: String {
        var text = "\(code.rawValue): \(placedMessage)"
        while text.utf8.last == UInt8(ascii: " ") {
            text.unicodeScalars.removeLast()
        }
        // Of a problem without a place AWS prints the place that is not there (measured).
        return "\(text) at \(location ?? "null")"
    }
}

extension [DefinitionProblem] {
    /// Whether the definition cannot be used.
    package var hasErrors: Bool {
        contains { $0.severity == .error }
    }

    /// The message of AWS's `InvalidDefinition`, with every error in order.
    package var invalidDefinitionMessage: String {
        let texts = filter { $0.severity == .error }.map(\.invalidDefinitionText)
        return AWSMessages.invalidDefinition(texts)
    }
}
