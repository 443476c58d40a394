import ArgumentParser
import StepwellJSON

/// `sfnctl triggers keys`: the keys of HTTP routes' callers.
struct RouteKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List, create or delete keys of HTTP routes' callers.",
        discussion: """
            EXAMPLES
              sfnctl triggers keys list
              sfnctl triggers keys create partner
            """,
        subcommands: [
            RouteKeysListCommand.self, RouteKeysCreateCommand.self, RouteKeysDeleteCommand.self,
        ]
    )
}

/// `sfnctl triggers keys list`.
struct RouteKeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the names of the keys.",
        discussion: """
            EXAMPLES
              sfnctl triggers keys list
            """
    )

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let answer = try await server.client().call("ListApiKeys", [:], of: .triggers)
            let keys = answer["ApiKeys"]?.arrayValue ?? []
            server.show(.object(answer)) {
                if keys.isEmpty { Terminal.line("no keys") }
                for key in keys { Terminal.line(Terminal.plain(key["Name"]?.stringValue ?? "")) }
            }
        }
    }
}

/// `sfnctl triggers keys create`.
struct RouteKeysCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a key, and print it: it is not shown again.",
        discussion: """
            Callers send it as the header field `x-api-key`; routes with the Authorization API_KEY \
            ask for it.

            EXAMPLES
              sfnctl triggers keys create partner
              sfnctl triggers keys create crawler --rate 5 --burst 10
            """
    )

    @Argument(help: ArgumentHelp("Its name.", valueName: "NAME"))
    var name: String

    @Option(help: "Requests a second that it is good for; any number.")
    var rate: Double?

    @Option(help: "Requests at once; as many as a second.")
    var burst: Double?

    @OptionGroup
    var server: TriggersServer

    func validate() throws {
        guard burst == nil || rate != nil else { throw ValidationError("--burst needs --rate") }
    }

    func run() async throws {
        try await reporting {
            var members: JSONObject = ["Name": .string(name)]
            if let rate {
                var throttle: JSONObject = ["Rate": .number(JSONNumber(rate))]
                throttle["Burst"] = burst.map { .number(JSONNumber($0)) }
                members["Throttle"] = .object(throttle)
            }
            let answer = try await server.client().call("CreateApiKey", members, of: .triggers)
            server.show(.object(answer)) { Terminal.line(answer["Key"]?.stringValue ?? "") }
        }
    }
}

/// `sfnctl triggers keys delete`.
struct RouteKeysDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a key: it is good for nothing from then on.",
        discussion: """
            EXAMPLES
              sfnctl triggers keys delete old-partner
            """
    )

    @Argument(help: ArgumentHelp("Its name.", valueName: "NAME"))
    var name: String

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let members: JSONObject = ["Name": .string(name)]
            let answer = try await server.client().call("DeleteApiKey", members, of: .triggers)
            server.show(.object(answer)) { Terminal.line(Terminal.plain("deleted key \(name)")) }
        }
    }
}
