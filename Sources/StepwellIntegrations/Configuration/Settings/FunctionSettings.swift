/// A Lambda function that runs as processes of this machine.
package struct FunctionSettings: Sendable, Hashable {
    /// The name in ARNs.
    package var name: String
    /// The directory of the code, absolute.
    package var directory: String
    /// The handler as the runtime has it: `module.function`.
    package var handler: String
    /// The program that speaks the Runtime API, with its arguments; nil for the one that follows
    /// from the code: Python's, that of `node`, or a custom runtime.
    package var runtime: [String]?
    /// How long an invocation may take; Lambda's default.
    package var timeout: Duration
    /// The memory that a process may take, in MiB; nil for no limit.
    package var memoryMegabytes: Int?
    /// How many invocations may run at once, each in a process of its own.
    package var concurrency: Int
    /// How long an invocation waits for a process when all are busy, before it is throttled.
    package var queueTimeout: Duration
    /// How long a process may take to ask for its first invocation.
    package var startTimeout: Duration
    /// How long a process is kept without anything to do.
    package var idleTimeout: Duration
    /// How many invocations a process is used for; nil for any number.
    package var invocationsPerProcess: Int?
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
        concurrency = 50
        queueTimeout = .seconds(300)
        startTimeout = .seconds(60)
        idleTimeout = .seconds(300)
        invocationsPerProcess = nil
        environment = []
        inherited = []
        qualifiers = []
    }
}
