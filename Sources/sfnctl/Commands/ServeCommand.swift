import ArgumentParser
import Glibc
import Logging
import Stepwell
import StepwellIntegrations
import StepwellServer

/// `sfnctl serve`: the API over a data directory.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the AWS Step Functions API.",
        discussion: """
            Any AWS SDK works against it: give it the endpoint, any credentials and the region; \
            with --credentials, one of the access keys in that file. \
            SIGTERM or SIGINT ends it within 10 seconds; unfinished work continues at the next \
            start. SIGHUP has it read --config and the TLS certificate again.

            EXAMPLES
              sfnctl serve --data-dir data
              sfnctl serve --data-dir data --port 0 --time-scale 0.01
              sfnctl serve --data-dir data --mock MockConfigFile.json
              sfnctl serve --config stepwell.yaml
              sfnctl serve --data-dir data --function hello=src:app.handler
              sfnctl serve --data-dir data --host 0.0.0.0 --credentials keys.ini
              sfnctl serve --data-dir data --tls-cert server.pem --tls-key server.key
              sfnctl serve --data-dir data --status-changes changes.jsonl
              aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083
            """
    )

    @Option(
        help: ArgumentHelp(
            "Where the log is; created when missing. (default: STEPWELL_DATA_DIR)",
            valueName: "DIR"
        )
    )
    var dataDir: String?

    @Option(
        help: ArgumentHelp("The address to listen at. (default: 127.0.0.1)", valueName: "ADDRESS")
    )
    var host: String?

    @Option(
        help: ArgumentHelp(
            "The port to listen at; 0 takes any that is free. (default: 8083)",
            valueName: "PORT"
        )
    )
    var port: Int?

    @Option(help: ArgumentHelp("The region in ARNs. (default: us-east-1)", valueName: "REGION"))
    var region: String?

    @Option(
        help: ArgumentHelp(
            "The account in ARNs, 12 digits. (default: 000000000000)",
            valueName: "DIGITS"
        )
    )
    var accountID: String?

    @Option(
        help: ArgumentHelp(
            "Mocked responses: Step Functions Local's MockConfigFile.json; reloaded when it "
                + "changes. Start an execution with STATE-MACHINE-ARN#TEST-CASE to use them.",
            valueName: "FILE"
        )
    )
    var mock: String?

    @Option(
        help: ArgumentHelp(
            "All settings, as YAML or JSON; see OPERATING.md. Options on the command line "
                + "take precedence.",
            valueName: "FILE"
        )
    )
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Appends who created, changed, stopped or deleted what, one JSON object a line.",
            valueName: "FILE"
        )
    )
    var audit: String?

    @OptionGroup
    var integrations: IntegrationOptions

    @OptionGroup
    var exports: ExportOptions

    @OptionGroup
    var access: AccessOptions

    @OptionGroup
    var network: NetworkOptions

    @OptionGroup
    var console: ConsoleOptions

    @OptionGroup
    var log: LogOptions

    @OptionGroup
    var engine: EngineOptions

    func validate() throws {
        // What a file may add is checked when it was read.
        if config == nil { _ = try ServeSettings(self, file: ConfigurationFile()) }
    }

    func run() async throws {
        // A reader of a log that goes away is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        let stream = LogStream()
        defer { stream.finish(withinMilliseconds: 300) }
        try await reporting {
            let settings = try ServeSettings(self)
            let ring = LogRing()
            let logger = settings.options.log.logger(stream, ring)
            try await ServeSession(settings: settings, logger: logger, log: ring).run()
        }
    }
}
