import ArgumentParser
import Foundation
import Logging
import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON

/// `sfnctl run`: one execution in this process.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a state machine once, in this process.",
        discussion: """
            The output goes to standard output; of a failure, error and cause go to standard error \
            and the exit status is 1.

            EXAMPLES
              sfnctl run hello.asl.json --input '{"name": "world"}'
              sfnctl run nightly.asl.json --input today.json --time-scale 0.001 --watch
              sfnctl run orders.asl.json --mock MockConfigFile.json --test-case HappyPath
              sfnctl run orders.asl.json --function charge=src:app.charge
              sfnctl run orders.asl.json --config stepwell.yaml
              sfnctl run table.asl.yaml --substitute Table=orders --data-dir data
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A file with the definition, or - for standard input.",
            valueName: "FILE"
        )
    )
    var definition: String

    @Option(
        help: ArgumentHelp(
            "The input: a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var input = "{}"

    @Option(
        help: ArgumentHelp("Keep the log there; by default it is discarded.", valueName: "DIR")
    )
    var dataDir: String?

    @Option(
        help: ArgumentHelp(
            "Mocked responses: Step Functions Local's MockConfigFile.json.",
            valueName: "FILE"
        )
    )
    var mock: String?

    @Option(
        name: .customLong("test-case"),
        help: ArgumentHelp("The test case of --mock to run.", valueName: "NAME")
    )
    var testCase: String?

    @Option(
        help: ArgumentHelp(
            "What tasks may use, as `serve` takes it: functions, endpoints, connections, buckets, "
                + "runners, mocks and quotas, and of `server` what does not concern serving.",
            valueName: "FILE"
        )
    )
    var config: String?

    @OptionGroup
    var integrations: IntegrationOptions

    @OptionGroup
    var engine: EngineOptions

    @Option(
        help: ArgumentHelp(
            "A value for ${NAME} in the definition; repeatable.",
            valueName: "NAME=VALUE"
        )
    )
    var substitute: [String] = []

    @Flag(help: "Report events on standard error as they happen.")
    var watch = false

    @Flag(help: "Print one JSON document with status, output, error and cause.")
    var json = false

    func validate() throws {
        _ = try Substitutions(substitute)
        guard definition != "-" || input != "-" else {
            throw ValidationError("definition and input cannot both be on standard input")
        }
        guard mock == nil || testCase != nil, testCase == nil || mock != nil || config != nil
        else { throw ValidationError("--mock and --test-case require each other") }
    }

    /// What a run goes by beside its definition.
    private struct Terms {
        let configuration: ConfigurationFile
        let mocks: MockFile?

        var region: String { configuration.server.region ?? EngineConfiguration().region }
        var account: String { configuration.server.accountID ?? "000000000000" }
    }

    func run() async throws {
        try await reporting {
            var file = try DefinitionFile(
                path: definition,
                substitutions: try Substitutions(substitute)
            )
            let configuration = try config.map { try ConfigurationFile(path: $0) }
            let terms = Terms(
                configuration: configuration ?? ConfigurationFile(),
                mocks: try mocks(for: &file, configuration?.server.mock)
            )
            let input = try InputText.json(input)
            if let dataDir {
                try await execute(file, input, terms, in: dataDir)
            } else {
                let scratch = FileManager.default.temporaryDirectory
                    .appending(path: "sfnctl-\(UUID().uuidString)")
                // Whatever ends this process in order takes the directory with it.
                Signals.handle { number in
                    try? FileManager.default.removeItem(at: scratch)
                    Signals.die(of: number)
                }
                defer { try? FileManager.default.removeItem(at: scratch) }
                try await execute(file, input, terms, in: scratch.path)
            }
        }
    }

    private func execute(
        _ file: DefinitionFile,
        _ input: InputText,
        _ terms: Terms,
        in directory: String
    ) async throws {
        let outside = try await outside(terms)
        let ended: Result<DescribeExecutionResponse, any Error>
        do {
            ended = .success(try await execute(file, input, terms, in: directory, outside))
        } catch {
            ended = .failure(error)
        }
        await outside.shutdown()
        try report(try ended.get())
    }

    /// What tasks may use.
    private func outside(_ terms: Terms) async throws -> RunningIntegrations {
        var file = terms.configuration
        try integrations.apply(to: &file.integrations)
        return try await RunningIntegrations(
            of: file,
            policy: integrations.policy,
            region: terms.region,
            account: terms.account,
            logger: watch
                ? Logger(label: "sfnctl") { StreamLogHandler.standardError(label: $0) }
                : Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func execute(
        _ file: DefinitionFile,
        _ input: InputText,
        _ terms: Terms,
        in directory: String,
        _ outside: RunningIntegrations
    ) async throws -> DescribeExecutionResponse {
        var options = self.engine
        options.timeScale = options.timeScale ?? terms.configuration.server.timeScale
        let engine = try await openEngine(at: directory, clock: options.clock) {
            $0.region = terms.region
            $0.account = terms.account
            $0.engine.mocks = terms.mocks
            $0.logger = Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
            outside.apply(to: &$0.engine)
            Quota.apply(terms.configuration.quotas, to: &$0.engine)
        }
        engine.resume()
        let result: DescribeExecutionResponse
        do {
            result = try await outcome(of: file, input, on: engine)
        } catch {
            await engine.shutdown()
            guard let error = error as? ServiceError, error.code == "ServiceUnavailable" else {
                throw error
            }
            // In one process only the data directory can be what is not available.
            throw CommandFailure(.unusableDirectory, error.message)
        }
        await engine.shutdown()
        return result
    }

    /// The mocked responses.
    ///
    /// The state machine takes the name that they know it by, if it is the
    /// only one there with the test case.
    private func mocks(
        for file: inout DefinitionFile,
        _ configured: String?
    ) throws -> MockFile? {
        guard let testCase else { return nil }
        guard let mock = mock ?? configured else {
            throw CommandFailure(.badInput, "--test-case: the configuration names no 'mock'")
        }
        let mocks = try MockFile(
            path: mock,
            logger: Logger(label: "sfnctl") { StreamLogHandler.standardError(label: $0) }
        )
        let machines = mocks.configuration.stateMachines(with: testCase)
        if machines.contains(file.name) { return mocks }
        guard let machine = machines.first else {
            throw CommandFailure(.badInput, "\(mock): there is no test case '\(testCase)'")
        }
        guard machines.count == 1 else {
            throw CommandFailure(
                .badInput,
                "\(mock): several state machines have a test case '\(testCase)' "
                    + "(\(machines.joined(separator: ", "))) and none is called '\(file.name)'"
            )
        }
        file.name = machine
        return mocks
    }

    private func outcome(
        of file: DefinitionFile,
        _ input: InputText,
        on workflows: WorkflowEngine
    ) async throws -> DescribeExecutionResponse {
        let engine = workflows.engine
        let arn = try await file.deploy(on: workflows) + (testCase.map { "#" + $0 } ?? "")
        let request = StartExecutionRequest(stateMachineARN: arn, input: input.bytes)
        let started = try await engine.startExecution(request)
        if watch {
            for try await event in engine.events(of: started.executionARN) {
                let object = EventJSON.object(for: event, includeExecutionData: true)
                Terminal.note(HistoryLine(object).row(on: .error))
            }
        }
        return try await engine.waitForExecution(arn: started.executionARN)
    }

    private func report(_ result: DescribeExecutionResponse) throws {
        if json {
            Terminal.line(JSONWriter.string(.object(document(of: result))))
        } else if let output = result.output {
            Terminal.line(output.string)
        } else {
            let error = result.failure?.error ?? "(no error name)"
            let cause = result.failure?.cause.map { ": \($0)" } ?? ""
            let text = Terminal.plain(error + cause, keepingLines: true)
            Terminal.error("\(result.status.rawValue): \(text)")
        }
        try Terminal.checkOutput()
        if result.status != .succeeded { throw ExitCode(1) }
    }

    private func document(of result: DescribeExecutionResponse) -> JSONObject {
        var document = JSONObject()
        document["executionArn"] = .string(result.executionARN)
        document["status"] = .string(result.status.rawValue)
        if let text = result.output?.text, let value = try? JSONParser.parse(text) {
            document["output"] = value
        }
        document["error"] = result.failure?.error.map { .string($0) }
        document["cause"] = result.failure?.cause.map { .string($0) }
        return document
    }
}
