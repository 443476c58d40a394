import ArgumentParser
import StepwellJSON

/// `sfnctl triggers show`: one rule, schedule or route.
struct ShowTriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a rule, schedule or HTTP route, and what it starts.",
        discussion: """
            What is shown can be changed and put again by `sfnctl triggers put`.

            EXAMPLES
              sfnctl triggers show large-orders
              sfnctl triggers show large-orders --bus orders --json
            """
    )

    @OptionGroup
    var trigger: TriggerName

    @Option(help: "What it is: rule, schedule or route; needed where several have the name.")
    var kind: TriggerKind?

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let found = try await TriggerAccess(server, trigger).find(kind)
            server.show(document: found.document)
        }
    }
}

/// `sfnctl triggers delete`.
struct DeleteTriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a rule with its targets, a schedule or an HTTP route.",
        discussion: """
            EXAMPLES
              sfnctl triggers delete large-orders
              sfnctl triggers delete large-orders --kind rule --bus orders
            """
    )

    @OptionGroup
    var trigger: TriggerName

    @Option(help: "What it is: rule, schedule or route; needed where several have the name.")
    var kind: TriggerKind?

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let access = TriggerAccess(server, trigger)
            let found = try await access.find(kind).kind
            try await access.delete(found)
            let answer: JSONValue = [
                "deleted": .string(access.name), "kind": .string(found.rawValue),
            ]
            server.show(answer) {
                Terminal.line(Terminal.plain("deleted \(found.rawValue) \(access.name)"))
            }
        }
    }
}

extension TriggersServer {
    /// Prints a document: in one line as JSON, else for people.
    func show(document: JSONObject) {
        show(.object(document)) {
            let text = JSONWriter.writePretty(.object(document))
            Terminal.line(Terminal.plain(String(decoding: text, as: UTF8.self), keepingLines: true))
        }
    }
}
