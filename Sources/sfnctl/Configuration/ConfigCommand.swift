import ArgumentParser
import Logging
import Stepwell
import StepwellIntegrations
import StepwellJSON
import StepwellServer
import StepwellTriggers

/// `sfnctl config`: what can be done with a configuration file.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check a configuration file.",
        subcommands: [ConfigCheckCommand.self]
    )
}

/// `sfnctl config check`: every problem of a configuration file at once.
struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a configuration file and what it refers to.",
        discussion: """
            Problems go to standard error as FILE:LINE:COLUMN: PROBLEM. The files that it names \
            (credentials, mocked responses, policies) are checked too, and so is that its \
            directories are there, its functions can be run and its secrets can be read.

            EXAMPLES
              sfnctl config check stepwell.yaml
              sfnctl config check stepwell.yaml --json

            EXIT STATUS
              0   it can be used
              64  usage
              65  problems were found
            """
    )

    @Argument(help: ArgumentHelp("The configuration file.", valueName: "FILE"))
    var file: String

    @Flag(help: "Print one JSON document with every problem.")
    var json = false

    func run() async throws {
        try await reporting {
            let problems = await Self.problems(of: file)
            if json {
                let document = JSONObject([
                    ("file", .string(file)), ("valid", .bool(problems.isEmpty)),
                    ("problems", .array(problems.map { .object($0.json) })),
                ])
                Terminal.line(JSONWriter.string(.object(document)))
            } else {
                for problem in problems { Terminal.note(problem.text) }
                if problems.isEmpty { Terminal.line("\(file): valid") }
            }
            if !problems.isEmpty { throw ExitCode(CommandFailure.Status.badInput.rawValue) }
        }
    }

    private static func problems(of file: String) async -> [ConfigurationProblem] {
        let configuration: ConfigurationFile
        do {
            configuration = try ConfigurationFile(path: file)
        } catch {
            return ConfigurationProblem.all(of: error)
        }
        let logger = Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
        let server = configuration.server
        let checks: [() throws -> Void] = [
            {
                // Where the log is may be said by the command line alone.
                let given = ["--config", file, "--data-dir", "."]
                _ = try ServeSettings(try ServeCommand.parse(given))
            },
            { _ = try server.mock.map { try MockFile(path: $0, logger: logger) } },
            { _ = try server.credentials.map { try WatchedCredentials(path: $0, logger: logger) } },
            { _ = try server.policy.map { try PolicyFile(path: $0, logger: logger) } },
            { try TriggersFile.check(configuration.triggers) },
            {
                let rules = ScheduleRules(
                    region: server.region ?? "us-east-1",
                    account: server.accountID ?? "000000000000"
                )
                _ = try TriggerDefinitions(configuration.triggers, rules: rules)
            },
        ]
        var problems = checks.flatMap { check -> [ConfigurationProblem] in
            do {
                try check()
                return []
            } catch {
                return ConfigurationProblem.all(of: error)
            }
        }
        do {
            try await FunctionHost.check(configuration.integrations.functions)
        } catch {
            problems += ConfigurationProblem.all(of: error)
        }
        return problems
    }
}

/// A problem as `config check` tells it.
struct ConfigurationProblem {
    let text: String
    let json: JSONObject

    /// The problems that an error stands for.
    static func all(of error: any Error) -> [ConfigurationProblem] {
        guard let problems = error as? SettingsProblems else {
            let text = CommandFailure(error).description
            return [ConfigurationProblem(text: text, json: ["message": .string(text)])]
        }
        return problems.problems.map { problem in
            ConfigurationProblem(
                text: problem.description,
                json: [
                    "file": .string(problem.file),
                    "line": .number(JSONNumber(Int64(problem.line))),
                    "column": .number(JSONNumber(Int64(problem.column))),
                    "message": .string(problem.message),
                ]
            )
        }
    }
}
