import ArgumentParser
import StepwellJSON

/// `sfnctl map-runs describe`.
struct DescribeMapRunCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show the progress of a Map Run.",
        discussion: """
            EXAMPLES
              sfnctl map-runs describe $MAP_RUN
            """
    )

    @Argument(help: ArgumentHelp("Its ARN.", valueName: "MAP-RUN"))
    var mapRun: String

    @Flag(help: "Print one JSON document, in the form of DescribeMapRun.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let found = try await api.call("DescribeMapRun", ["mapRunArn": .string(mapRun)])
        Description(found).show(json: json)
    }
}
