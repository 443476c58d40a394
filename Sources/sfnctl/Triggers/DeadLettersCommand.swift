import ArgumentParser
import StepwellJSON

/// `sfnctl triggers dead-letters`: what could not be delivered.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "List, redrive or delete what could not be delivered.",
        discussion: """
            EXAMPLES
              sfnctl triggers dead-letters list
              sfnctl triggers dead-letters delete "$ID"
              sfnctl triggers dead-letters redrive --all
            """,
        subcommands: [
            DeadLettersListCommand.self, DeadLettersRedriveCommand.self,
            DeadLettersDeleteCommand.self,
        ]
    )
}

extension TriggersServer {
    /// Every dead letter, oldest first.
    func deadLetters() async throws -> [JSONValue] {
        let client = try client()
        var found: [JSONValue] = []
        var members: JSONObject = ["limit": 1_000]
        repeat {
            let page = try await client.call("ListDeadLetters", members, of: .triggers)
            found += page["deadLetters"]?.arrayValue ?? []
            members["after"] = page["next"]
        } while members["after"] != nil
        return found
    }

    /// Has something done with one dead letter, or with all.
    func each(_ id: String?, _ operation: String) async throws -> Int {
        let client = try client()
        let ids: [String]
        if let id {
            ids = [id]
        } else {
            ids = try await deadLetters().compactMap { $0["id"]?.stringValue }
        }
        for id in ids {
            _ = try await client.call(operation, ["id": .string(id)], of: .triggers)
        }
        return ids.count
    }
}

/// `sfnctl triggers dead-letters list`.
struct DeadLettersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what could not be delivered, oldest first.",
        discussion: """
            EXAMPLES
              sfnctl triggers dead-letters list
              sfnctl triggers dead-letters list --json
            """
    )

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let letters = try await server.deadLetters()
            server.show(["deadLetters": .array(letters)]) {
                if letters.isEmpty { Terminal.line("no dead letters") }
                for letter in letters {
                    let parts = ["id", "cause", "targetArn", "errorCode", "errorMessage"]
                    let text = parts.compactMap { letter[$0]?.stringValue }
                    Terminal.line(Terminal.plain(text.joined(separator: "  ")))
                }
            }
        }
    }
}

/// `sfnctl triggers dead-letters redrive`.
struct DeadLettersRedriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Deliver dead letters again.",
        discussion: """
            EXAMPLES
              sfnctl triggers dead-letters redrive "$ID"
              sfnctl triggers dead-letters redrive --all
            """
    )

    @Argument(help: "The dead letter's id, as list shows it.")
    var id: String?

    @Flag(help: "All of them.")
    var all = false

    @OptionGroup
    var server: TriggersServer

    func validate() throws {
        guard (id == nil) == all else { throw ValidationError("give an id, or --all") }
    }

    func run() async throws {
        try await reporting {
            let count = try await server.each(id, "RedriveDeadLetter")
            server.show(["redriven": .number(JSONNumber(Int64(count)))]) {
                Terminal.line("\(count) redriven")
            }
        }
    }
}

/// `sfnctl triggers dead-letters delete`.
struct DeadLettersDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete dead letters.",
        discussion: """
            EXAMPLES
              sfnctl triggers dead-letters delete "$ID"
              sfnctl triggers dead-letters delete --all
            """
    )

    @Argument(help: "The dead letter's id, as list shows it.")
    var id: String?

    @Flag(help: "All of them.")
    var all = false

    @OptionGroup
    var server: TriggersServer

    func validate() throws {
        guard (id == nil) == all else { throw ValidationError("give an id, or --all") }
    }

    func run() async throws {
        try await reporting {
            let count = try await server.each(id, "DeleteDeadLetter")
            server.show(["deleted": .number(JSONNumber(Int64(count)))]) {
                Terminal.line("\(count) deleted")
            }
        }
    }
}
