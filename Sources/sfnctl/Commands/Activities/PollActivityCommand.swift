import ArgumentParser
import StepwellJSON

/// `sfnctl activities poll`.
struct PollActivityCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Take one of an activity's tasks, to do it manually.",
        discussion: """
            Waits for a minute. Prints the task's input and token, which `sfnctl tokens succeed` \
            and `sfnctl tokens fail` take; exit status 1 when there was none. `sfnctl worker` does \
            tasks by a command.

            EXAMPLES
              sfnctl activities poll ship --worker-name me
            """
    )

    @Argument(help: ArgumentHelp("The activity: its name or ARN.", valueName: "ACTIVITY"))
    var activity: String

    @Option(help: ArgumentHelp("The name that histories show.", valueName: "NAME"))
    var workerName: String?

    @Flag(help: "Print one JSON document, in the form of GetActivityTask.")
    var json = false

    @OptionGroup
    var place: APIOptions

    /// A directory hands out no tasks: its executions rest.
    func purpose() throws -> DirectoryAPI.Purpose {
        if case .directory = try place.place() {
            throw ValidationError("tasks are handed out by a server: give --endpoint")
        }
        return .changing
    }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).activity(activity)
        var request = JSONObject([("activityArn", .string(arn))])
        request["workerName"] = workerName.map { .string($0) }
        let task = try await api.call("GetActivityTask", request)
        if task["taskToken"] == nil, !json {
            throw CommandFailure(.failed, "no task came in a minute")
        }
        Description(task).show(json: json)
        if task["taskToken"] == nil { throw ExitCode(CommandFailure.Status.failed.rawValue) }
    }
}
