import ArgumentParser
import StepwellEngine
import StepwellJSON

/// `sfnctl triggers`: what starts executions by itself on a server.
struct TriggersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triggers",
        abstract: "Look into what starts executions by itself, and send events.",
        discussion: """
            EXAMPLES
              sfnctl triggers list --endpoint http://127.0.0.1:8083
              sfnctl triggers put-events --source shop --detail-type Order --detail '{"n": 1}'
              sfnctl triggers test-pattern '{"detail": {"n": [1]}}' --event event.json
              sfnctl triggers dead-letters list
            """,
        subcommands: [
            TriggersListCommand.self, TriggersShowCommand.self, PutEventsCommand.self,
            TestPatternCommand.self, DeadLettersCommand.self,
        ]
    )
}

/// Where the server is whose triggers are meant.
struct TriggersServer: ParsableArguments {
    @Option(help: "The server: http[s]://HOST[:PORT].")
    var endpoint: Endpoint?

    @Flag(help: "Print one JSON document.")
    var json = false

    /// A client of the server.
    func client() throws -> ServiceClient {
        guard let endpoint = endpoint ?? Endpoint("http://127.0.0.1:8083") else {
            throw ValidationError("--endpoint says where the server is")
        }
        return ServiceClient(endpoint: endpoint)
    }

    /// Prints an answer as JSON when that is asked for, else what `text` makes of it.
    func show(_ answer: JSONValue, _ text: () -> Void) {
        if json {
            Terminal.line(JSONWriter.string(answer))
        } else {
            text()
        }
    }

    /// Every page of a listing of EventBridge.
    func all(
        _ operation: String,
        _ members: JSONObject,
        _ list: String
    ) async throws -> [JSONValue] {
        let client = try client()
        var found: [JSONValue] = []
        var members = members
        repeat {
            let page = try await client.call(operation, members, of: .events)
            found += page[list]?.arrayValue ?? []
            members["NextToken"] = page["NextToken"]
        } while members["NextToken"] != nil
        return found
    }
}

/// `sfnctl triggers list`: the buses of a server with their rules.
struct TriggersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List event buses and their rules.",
        discussion: """
            EXAMPLES
              sfnctl triggers list
              sfnctl triggers list --json --endpoint http://127.0.0.1:8083
            """
    )

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let buses = try await server.all("ListEventBuses", [:], "EventBuses")
            var rules: [JSONValue] = []
            for bus in buses {
                let name = bus["Name"] ?? .null
                rules += try await server.all("ListRules", ["EventBusName": name], "Rules")
            }
            server.show(["eventBuses": .array(buses), "rules": .array(rules)]) {
                if rules.isEmpty { Terminal.line("no rules") }
                for rule in rules { Terminal.line(Self.line(of: rule)) }
            }
        }
    }

    private static func line(of rule: JSONValue) -> String {
        let when = rule["ScheduleExpression"]?.stringValue ?? rule["EventPattern"]?.stringValue
        let parts = [
            rule["EventBusName"]?.stringValue, rule["Name"]?.stringValue,
            rule["State"]?.stringValue, when,
        ]
        return Terminal.plain(parts.compactMap { $0 }.joined(separator: "  "))
    }
}

/// `sfnctl triggers show`: a rule with its targets.
struct TriggersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a rule and what it starts.",
        discussion: """
            EXAMPLES
              sfnctl triggers show large-orders
              sfnctl triggers show large-orders --bus orders --json
            """
    )

    @Argument(help: "The rule's name.")
    var rule: String

    @Option(help: "The event bus; default.")
    var bus = "default"

    @OptionGroup
    var server: TriggersServer

    func run() async throws {
        try await reporting {
            let place: JSONObject = ["EventBusName": .string(bus), "Rule": .string(rule)]
            var found = try await server.client().call(
                "DescribeRule",
                ["EventBusName": .string(bus), "Name": .string(rule)],
                of: .events
            )
            let targets = try await server.all("ListTargetsByRule", place, "Targets")
            found["Targets"] = .array(targets)
            server.show(.object(found)) {
                let text = JSONWriter.writePretty(.object(found))
                Terminal.line(
                    Terminal.plain(String(decoding: text, as: UTF8.self), keepingLines: true)
                )
            }
        }
    }
}
