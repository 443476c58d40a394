/// A Lambda function that runs as processes of this machine.
package struct FunctionSettings: Sendable, Hashable {
    /// The name in ARNs.
    package var name: String
    /// The directory of the code, absolute.
    package var directory: String
    /// The handler as the runtime has it: `module.function`.
    package var handler: String
    /// The program that speaks the Runtime API, with its arguments; nil for `python3 -m
    /// awslambdaric`.
    package var runtime: [String]?
    /// How long an invocation may take; Lambda's default.
    package var timeout: Duration
    /// The memory that a process may take, in MiB; nil for no limit.
    package var memoryMegabytes: Int?
    /// How many invocations may run at once, each in a process of its own.
    package var concurrency: Int
    /// Variables of the processes' environment, beside those of the Runtime API.
    package var environment: [NamedSecret]
    /// Variables that are taken over from the server's own environment.
    package var inherited: [String]
    /// The versions and aliases it may be called by, beside `$LATEST`; empty for any.
    package var qualifiers: [String]

    package init(name: String, directory: String, handler: String) {
        self.name = name
        self.directory = directory
        self.handler = handler
        runtime = nil
        timeout = .seconds(3)
        memoryMegabytes = nil
        concurrency = 10
        environment = []
        inherited = []
        qualifiers = []
    }
}
