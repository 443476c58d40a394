/// Why a YAML text is no definition, and where.
package struct YAMLDefinitionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, as a short sentence.
    package let reason: String
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int

    package var description: String { "line \(line), column \(column): \(reason)" }
}
