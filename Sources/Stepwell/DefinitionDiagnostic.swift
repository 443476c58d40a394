import StepwellLanguage

/// Something that is wrong with a definition, where, and how it could be set right.
public struct DefinitionDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// Whether the definition cannot be used; a warning when it can.
    public let isError: Bool
    /// AWS's code (`MISSING_TRANSITION_TARGET`).
    public let code: String
    /// What is wrong.
    public let message: String
    /// What could be done about it, where that is known.
    public let hint: String?
    /// The place as a JSON pointer (RFC 6901).
    public let pointer: String
    /// The line of the JSON text, from 1.
    public let line: Int
    /// The column in characters, from 1.
    public let column: Int

    init(_ problem: DefinitionProblem) {
        isError = problem.severity == .error
        code = problem.code.rawValue
        message = problem.message
        hint = problem.hint
        pointer = problem.pointer
        line = problem.line
        column = problem.column
    }

    /// Place, code and message in one line.
    public var description: String { "\(line):\(column): \(code): \(message)" }
}
