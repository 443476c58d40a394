/// What is wrong with a schedule expression.
package struct ScheduleExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The expression, as it was given.
    package let expression: String
    /// What is wrong, in a sentence.
    package let reason: String

    /// AWS's words, and the reason.
    package var description: String { "Invalid Schedule Expression \(expression). \(reason)" }
}
