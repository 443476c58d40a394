import ArgumentParser
import StepwellJSON
import StepwellLanguage

/// `sfnctl validate`: every problem of definitions at once.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check definitions and report every problem with its location.",
        discussion: """
            Files named .yaml or .yml are read as YAML, others as JSON. Problems go to standard \
            error as FILE:LINE:COLUMN: PROBLEM (HINT); warnings do not make a definition invalid.

            EXAMPLES
              sfnctl validate orders.asl.json
              sfnctl validate *.asl.json *.asl.yaml --json
              sfnctl validate orders.asl.json --substitute TableName=orders
              sfnctl validate orders.asl.json --config stepwell.yaml

            EXIT STATUS
              0   no errors
              1   errors were found
              64  usage
              65  a file cannot be read, or is neither JSON nor YAML
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Files with definitions, or - for JSON on standard input.",
            valueName: "FILE"
        )
    )
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "A value for ${NAME} in the definitions; repeatable.",
            valueName: "NAME=VALUE"
        )
    )
    var substitute: [String] = []

    @Option(
        help: ArgumentHelp(
            "Warns of resources that a server with this configuration file does not serve, and "
                + "says what to do about it.",
            valueName: "FILE"
        )
    )
    var config: String?

    @Flag(help: "Print one JSON document with every problem.")
    var json = false

    func validate() throws {
        _ = try Substitutions(substitute)
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("standard input can be named once only")
        }
    }

    func run() async throws {
        try await reporting {
            let substitutions = try Substitutions(substitute)
            let registry = try config.map { try ServiceableResources(path: $0) }
            var reports: [ValidationReport] = []
            for file in files {
                reports.append(
                    await ValidationReport(
                        of: file,
                        substitutions: substitutions,
                        registry: registry?.registry
                    )
                )
            }
            await registry?.end()
            try substitutions.refuseUnused(in: reports.flatMap(\.placeholders))
            if json {
                let files = JSONValue.array(reports.map(\.json))
                let document = JSONValue.object(JSONObject([("files", files)]))
                Terminal.line(JSONWriter.string(document))
            } else {
                for report in reports {
                    for line in report.lines { Terminal.note(line) }
                    Terminal.line(report.summary)
                }
            }
            let worst = reports.compactMap(\.status).max { $0.rawValue < $1.rawValue }
            if let worst { throw ExitCode(worst.rawValue) }
        }
    }
}
