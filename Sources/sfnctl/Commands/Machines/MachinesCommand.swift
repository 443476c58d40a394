import ArgumentParser

/// `sfnctl machines`: state machines.
struct MachinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machines",
        abstract: "List, create, change, compare and delete state machines.",
        subcommands: [
            ListMachinesCommand.self, DescribeMachineCommand.self, CreateMachineCommand.self,
            UpdateMachineCommand.self, DiffMachineCommand.self, DeleteMachineCommand.self,
        ]
    )
}
