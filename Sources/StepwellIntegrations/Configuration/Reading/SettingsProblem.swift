/// What is wrong with a settings file, and where.
package struct SettingsProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int
    package var message: String

    package init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: problem`.
    package var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Why a settings file cannot be used: every problem of it.
package struct SettingsProblems: Error, Sendable, Hashable, CustomStringConvertible {
    package var problems: [SettingsProblem]

    package init(_ problems: [SettingsProblem]) {
        self.problems = problems
    }

    /// The problems, a line each.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
