/// A program to be started.
package struct ProcessLaunch: Sendable {
    /// Where its standard output and standard error go.
    package enum Output: Sendable {
        /// Both into one pipe, in the order in which they are written.
        case merged
        /// A pipe for each.
        case apart
    }

    /// The program's file; see ``ProgramSearch``.
    package var program: String
    /// The arguments behind the name of the program.
    package var arguments: [String]
    /// The whole environment.
    package var environment: [String: String]
    /// The working directory.
    package var folder: String
    package var output = Output.merged
    /// What is on its standard input; nil for nothing.
    package var input: [UInt8]?
    /// The most that it may have of memory of its own, in bytes (`RLIMIT_DATA`); nil for no limit.
    package var dataBytes: UInt64?
    /// How many processes and threads there may be more of this user than when it starts
    /// (`RLIMIT_NPROC`, which does not hold for root); nil for no limit.
    package var furtherProcesses: Int?
    /// What is run, a program and its arguments, when this process ends before the program: to make
    /// an end of what the program has elsewhere.
    package var ending: [String]?

    package init(
        program: String,
        arguments: [String] = [],
        environment: [String: String],
        folder: String
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
    }
}

/// Why a program was not started.
package struct LaunchFault: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
