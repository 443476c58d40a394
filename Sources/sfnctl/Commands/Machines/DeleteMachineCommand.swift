import ArgumentParser
import StepwellJSON

/// `sfnctl machines delete`.
struct DeleteMachineCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a state machine with its versions and aliases.",
        discussion: """
            Running executions end at their next state transition.

            EXAMPLES
              sfnctl machines delete old --yes
            """
    )

    @Argument(help: ArgumentHelp("Its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Flag(name: .shortAndLong, help: "Do not ask for confirmation.")
    var yes = false

    @Flag(help: "Print the answer as one JSON document.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(machine)
        // A script that names one machine means it.
        if !yes, Terminal.confirms("delete \(arn)?") == false {
            throw CommandFailure(.failed, "nothing was deleted")
        }
        let answer = try await api.call("DeleteStateMachine", ["stateMachineArn": .string(arn)])
        Answer(answer, line: "deleted \(arn)").show(json: json)
    }
}
