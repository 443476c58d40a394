/// What is asked of a local runner, whichever service it stands for.
struct LocalJobRequest: Sendable {
    /// The id, of an array's child with `:` and its index.
    var id: String
    var name: String
    var runner: LocalRunnerSettings
    /// The ARN of the definition.
    var definition: String
    /// The ARN of the queue, or of the cluster.
    var queue: String
    /// The command behind the runner's entry point.
    var command: [String]
    /// Variables beside those of the runner.
    var environment: [(name: String, value: String)] = []
    /// How often it is tried at most.
    var attempts = 1
    var exitRules: [ExitRule] = []
    /// How long an attempt may take.
    var timeout: Duration?
    /// Parameters of the job definition.
    var parameters: [(name: String, value: String)] = []
    /// Jobs that have to succeed first.
    var dependencies: [String] = []
    /// The size of an array job; nil for others.
    var arraySize: Int?
    /// Which child of an array it is.
    var arrayIndex: Int?
    /// Whether each child waits for the one before it.
    var isSequential = false
    /// Arrays whose child of the same index has to succeed first.
    var indexedDependencies: [String] = []
    /// What descriptions repeat of the request.
    var group: String?
    var launchType: String?

    init(
        id: String,
        name: String,
        runner: LocalRunnerSettings,
        definition: String,
        queue: String
    ) {
        self.id = id
        self.name = name
        self.runner = runner
        self.definition = definition
        self.queue = queue
        command = runner.command
        attempts = runner.attempts
        timeout = runner.timeout
    }

    /// The request of a child of an array.
    func child(_ index: Int) -> LocalJobRequest {
        var child = self
        child.id = "\(id):\(index)"
        child.arraySize = nil
        child.arrayIndex = index
        child.dependencies = []
        if isSequential, index > 0 { child.dependencies.append("\(id):\(index - 1)") }
        child.dependencies += indexedDependencies.map { "\($0):\(index)" }
        child.indexedDependencies = []
        child.environment += [
            ("AWS_BATCH_JOB_ARRAY_INDEX", "\(index)"),
            ("AWS_BATCH_JOB_ARRAY_SIZE", "\(arraySize ?? 0)"),
        ]
        return child
    }

    /// Whether a failed attempt is followed by another, as far as rules say: the first that fits.
    func isTriedAgain(after attempt: LocalJob.Attempt) -> Bool {
        exitRules.first { $0.fits(attempt) }?.retries ?? true
    }

    /// The program of an attempt, from 1.
    func localCommand(attempt: Int) -> LocalCommand {
        var variables = runner.environment.map { ($0.name, $0.value.reveal()) }
        if runner.service == .batch {
            variables += [
                ("AWS_BATCH_JOB_ID", id), ("AWS_BATCH_JOB_ATTEMPT", "\(attempt)"),
                ("AWS_BATCH_JQ_NAME", queue.split(separator: "/").last.map(String.init) ?? queue),
            ]
        }
        variables += environment.map { ($0.name, $0.value) }
        let words = runner.entryPoint + command
        switch runner.program {
        case .process:
            return LocalCommand(
                words: words,
                environment: Self.environment(variables, runner.inherited),
                directory: runner.directory
            )
        case .container(let image, let docker, let options):
            return container(image, docker, options, variables, attempt)
        }
    }

    /// The container is told the values of its variables by the environment of the command, where
    /// nobody who lists processes sees them.
    private func container(
        _ image: String,
        _ docker: [String],
        _ options: [String],
        _ variables: [(String, String)],
        _ attempt: Int
    ) -> LocalCommand {
        // One of its own for each run: after a crash the one before may take a while to be gone.
        let run = String(UInt32.random(in: .min ... .max), radix: 16)
        let name = "stepwell-\(id.replacing(":", with: "-"))-\(attempt)-\(run)"
        var words = docker + ["run", "--rm", "--name", name]
        let names = variables.map(\.0) + runner.inherited
        var seen: Set<String> = []
        for name in names where seen.insert(name).inserted { words += ["--env", name] }
        words += options
        if let program = runner.entryPoint.first { words += ["--entrypoint", program] }
        words.append(image)
        words += runner.entryPoint.dropFirst() + command
        return LocalCommand(
            words: words,
            environment: Self.environment(variables, runner.inherited),
            directory: runner.directory,
            ending: docker + ["rm", "--force", name]
        )
    }

    private static func environment(
        _ variables: [(String, String)],
        _ inherited: [String]
    ) -> [String: String] {
        var environment = CleanEnvironment.variables()
        for name in inherited {
            if let value = SettingsSurroundings.process.variable(name) { environment[name] = value }
        }
        for (name, value) in variables { environment[name] = value }
        return environment
    }
}

/// A rule about what follows a failed attempt (Batch's `EvaluateOnExit`).
struct ExitRule: Sendable, Hashable {
    /// Patterns, with `*` at their end; nil fits everything.
    var exitCode: String?
    var reason: String?
    var statusReason: String?
    /// Whether the job is tried again.
    var retries: Bool

    /// Whether the rule speaks of an attempt.
    func fits(_ attempt: LocalJob.Attempt) -> Bool {
        let code = attempt.end.exitCode.map { "\($0)" } ?? ""
        let pairs = [(exitCode, code), (reason, attempt.reason), (statusReason, attempt.reason)]
        return pairs.allSatisfy { pattern, text in
            pattern.map { PolicyPattern($0, ignoresCase: true).matches(text) } ?? true
        }
    }
}
