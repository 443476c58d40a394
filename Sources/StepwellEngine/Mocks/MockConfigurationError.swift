import StepwellJSON

/// What is wrong with a mock configuration file, and where.
package struct MockConfigurationError: Error, Sendable, Equatable {
    package let line: Int
    package let column: Int
    package let message: String

    init(_ message: String, at position: JSONPosition?) {
        line = position?.line ?? 1
        column = position?.column ?? 1
        self.message = message
    }

    init(_ error: JSONParseError) {
        line = error.line
        column = error.column
        message = "not valid JSON: \(error.reason)"
    }
}
