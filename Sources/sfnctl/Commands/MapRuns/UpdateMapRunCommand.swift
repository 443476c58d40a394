import ArgumentParser
import StepwellJSON

/// `sfnctl map-runs update`.
struct UpdateMapRunCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change how many children a running Map Run has at once, or what it tolerates.",
        discussion: """
            EXAMPLES
              sfnctl map-runs update $MAP_RUN --max-concurrency 50
            """
    )

    @Argument(help: ArgumentHelp("Its ARN.", valueName: "MAP-RUN"))
    var mapRun: String

    @Option(
        help: ArgumentHelp("How many children run at once; 0 for as many as can.", valueName: "N")
    )
    var maxConcurrency: Int?

    @Option(help: ArgumentHelp("How many children may fail.", valueName: "N"))
    var toleratedFailureCount: Int?

    @Option(help: ArgumentHelp("How many percent of the children may fail.", valueName: "PERCENT"))
    var toleratedFailurePercentage: Double?

    @Flag(help: "Print one JSON document, in the form of UpdateMapRun.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard
            maxConcurrency != nil || toleratedFailureCount != nil
                || toleratedFailurePercentage != nil
        else { throw ValidationError("give what to change") }
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        var request = JSONObject([("mapRunArn", .string(mapRun))])
        request["maxConcurrency"] = maxConcurrency.map { .integer($0) }
        request["toleratedFailureCount"] = toleratedFailureCount.map { .integer($0) }
        request["toleratedFailurePercentage"] =
            toleratedFailurePercentage
            .flatMap { JSONNumber(finite: $0) }.map { .number($0) }
        let answer = try await api.call("UpdateMapRun", request)
        Answer(answer, line: mapRun).show(json: json)
    }
}
