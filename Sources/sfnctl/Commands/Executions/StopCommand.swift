import ArgumentParser
import StepwellJSON

/// `sfnctl stop`: stops executions.
struct StopCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop executions.",
        discussion: """
            Executions that are named, or with --machine all running ones that the filter lets \
            through.

            EXAMPLES
              sfnctl stop orders:order-17 --error Cancelled --cause 'the customer called'
              sfnctl stop --machine orders --name 'test-*' --yes
              sfnctl stop --machine orders --from 2h --yes --json
            """
    )

    @OptionGroup
    var chosen: BulkOptions

    @Option(help: ArgumentHelp("The error that the execution ends with.", valueName: "NAME"))
    var error: String?

    @Option(help: ArgumentHelp("Why it is stopped.", valueName: "TEXT"))
    var cause: String?

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        var members = JSONObject()
        members["error"] = error.map { .string($0) }
        members["cause"] = cause.map { .string($0) }
        let common = members
        try await chosen.apply(("stop", "stopped"), to: [.running], on: api) { arn in
            var request = common
            request["executionArn"] = .string(arn)
            return try await api.call("StopExecution", request)
        }
    }
}
