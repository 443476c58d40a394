import ArgumentParser
import StepwellJSON

/// `sfnctl redrive`: has executions that did not succeed go on.
struct RedriveCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Restart failed executions from the point of failure.",
        discussion: """
            Executions that are named, or with --machine all that failed, timed out or were \
            aborted and that the filter lets through.

            EXAMPLES
              sfnctl redrive orders:order-16
              sfnctl redrive --machine orders --status failed --from 1d --yes
            """
    )

    @OptionGroup
    var chosen: BulkOptions

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let statuses = [StatusArgument.failed, .timedOut, .aborted]
        try await chosen.apply(("redrive", "redriven"), to: statuses, on: api) { arn in
            try await api.call("RedriveExecution", ["executionArn": .string(arn)])
        }
    }
}
