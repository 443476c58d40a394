import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellSuites

/// `sfnctl test`: the cases of test files.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests of workflows.",
        discussion: """
            A test file (YAML or JSON; *.test.yaml, *.test.yml, *.test.json in a \
            directory) names a definition and has cases: input, responses of the tasks, \
            and what has to come of it. Each case runs in the engine that `serve` runs, \
            in memory, on a clock that skips what is waited for: a Wait of a year takes \
            no time. Randomness follows from the file's seed.

              machine: orders.asl.json
              cases:
              - name: a busy shop is asked again
                input: {order: 17}
                mocks:
                  Charge: [{throw: Busy, times: 2}, {return: {receipt: 7}, delay: 3s}]
                expect:
                  output: {receipt: 7}
                  path: [Charge, Settle]
                  retries: {Charge: 2}
                  elapsed: {max: 1h}

            `sfnctl test --schema` prints everything that may be written.

            EXAMPLES
              sfnctl test
              sfnctl test orders.test.yaml --filter busy
              sfnctl test tests --junit report.xml

            EXIT STATUS
              0 every case holds · 1 one does not · 64 usage · 65 a file cannot be used
            """
    )

    @Argument(help: "Test files, and directories in which they are. (default: .)")
    var files: [String] = []

    @Option(help: ArgumentHelp("Runs the cases whose name contains TEXT.", valueName: "TEXT"))
    var filter: String?

    @Option(help: ArgumentHelp("Writes the results as JUnit's XML.", valueName: "FILE"))
    var junit: String?

    @Option(help: ArgumentHelp("How many cases run at once. (default: the cores)", valueName: "N"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp("How long a case may take by a real clock.", valueName: "SECONDS")
    )
    var timeout: Double = 120

    @Option(
        help: ArgumentHelp(
            "Fails when less of the states, choice rules and catchers was come to.",
            valueName: "PERCENT"
        )
    )
    var minimumCoverage: Double?

    @Flag(help: "Print one JSON document with every case.")
    var json = false

    @Flag(help: "Print what may be written in a test file.")
    var schema = false

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to 256")
        }
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout must be above 0, and a day at most")
        }
        if let minimumCoverage, !(0...100).contains(minimumCoverage) {
            throw ValidationError("--minimum-coverage must be from 0 to 100")
        }
    }

    func run() async throws {
        if schema {
            for line in SchemaText.lines() { Terminal.line(line) }
            return
        }
        try await reporting {
            let found = try SuiteFiles.find(files.isEmpty ? ["."] : files)
            guard !found.isEmpty else {
                let places = files.isEmpty ? "here" : "in \(files.joined(separator: ", "))"
                throw CommandFailure(.badInput, "there are no test files (*.test.yaml) \(places)")
            }
            // All of them, before the first runs: a file that cannot be used is said at once.
            let suites = try SuiteFiles.read(found)
            let session = TestSession(command: self)
            let reports = try await session.run(suites)
            try finish(reports)
        }
    }

    private func finish(_ reports: [SuiteReport]) throws {
        if let junit {
            try OutputFile.write(Array(JUnitReport.text(reports).utf8), to: junit)
        }
        let summary = TestSummary(reports)
        if json {
            Terminal.line(JSONWriter.string(summary.json))
        } else {
            for line in summary.lines { Terminal.line(line) }
        }
        if summary.count == 0, filter != nil {
            throw CommandFailure(.failed, "no case has '\(filter ?? "")' in its name")
        }
        if let minimumCoverage, summary.coverage < minimumCoverage {
            let percent = Int(summary.coverage.rounded(.down))
            Terminal.error("coverage is \(percent) %, below --minimum-coverage")
            throw ExitCode(1)
        }
        if !summary.isFine { throw ExitCode(1) }
    }
}
