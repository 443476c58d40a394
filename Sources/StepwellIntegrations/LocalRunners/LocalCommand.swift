/// A program to run: what a local task or job comes to.
package struct LocalCommand: Sendable, Hashable {
    /// The program and its arguments.
    package var words: [String]
    /// The whole environment of the process.
    package var environment: [String: String]
    /// The working directory, absolute.
    package var directory: String
    /// What is run to make an end of what the program has started elsewhere: of a container.
    package var ending: [String]?

    package init(
        words: [String],
        environment: [String: String],
        directory: String,
        ending: [String]? = nil
    ) {
        self.words = words
        self.environment = environment
        self.directory = directory
        self.ending = ending
    }
}

/// How a program ended.
package enum LocalCommandEnd: Sendable, Hashable {
    case exited(Int32)
    case killed(signal: Int32)
    /// It could not be started; why.
    case notStarted(String)

    /// The exit code as containers have it: of a killed program 128 and the signal's number.
    var exitCode: Int32? {
        switch self {
        case .exited(let code): code
        case .killed(let signal): 128 + signal
        case .notStarted: nil
        }
    }
}

/// Runs programs: as processes, or as a test has it.
package protocol LocalCommandRunning: Sendable {
    /// Runs a program to its end; `line` is told what it writes. Cancelling the task ends the
    /// program and everything that it started, and returns then.
    func run(
        _ command: LocalCommand,
        line: @escaping @Sendable (String) -> Void
    ) async -> LocalCommandEnd
}
