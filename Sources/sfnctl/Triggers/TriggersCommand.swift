import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

/// `sfnctl triggers`: what starts executions by itself on a server.
struct TriggersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triggers",
        abstract: "Show and change what starts executions by itself, and send events.",
        discussion: """
            EXAMPLES
              sfnctl triggers list --endpoint http://127.0.0.1:8083
              sfnctl triggers put nightly --schedule 'rate(1 day)' --start orders
              sfnctl triggers put-events --source shop --detail-type Order --detail '{}'
              sfnctl triggers test-pattern '{"source": ["shop"]}' --event event.json
              sfnctl triggers dead-letters list
              sfnctl triggers next 'cron(30 2 * * ? *)' --zone Europe/Berlin
            """,
        subcommands: [
            TriggersListCommand.self, ShowTriggerCommand.self, PutTriggerCommand.self,
            DeleteTriggerCommand.self, RouteKeysCommand.self, PutEventsCommand.self,
            TestPatternCommand.self, DeadLettersCommand.self, NextTimesCommand.self,
        ]
    )
}

/// Where the server is whose triggers are meant.
struct TriggersServer: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server to ask: http[s]://HOST[:PORT]. (default: AWS_ENDPOINT_URL_SFN, "
                + "AWS_ENDPOINT_URL, else http://127.0.0.1:8083)",
            valueName: "URL"
        )
    )
    var endpoint: Endpoint?

    @Flag(help: "Print one JSON document.")
    var json = false

    /// A client of the server.
    func client() throws -> ServiceClient {
        ServiceClient(endpoint: try endpoint ?? APIOptions.server() ?? .standard)
    }

    /// Prints an answer as JSON when that is asked for, else what `text` makes of it.
    func show(_ answer: JSONValue, _ text: () -> Void) {
        if json {
            Terminal.line(JSONWriter.string(answer))
        } else {
            text()
        }
    }

    /// Every page of a listing of EventBridge, or of another service.
    func all(
        _ operation: String,
        _ members: JSONObject,
        _ list: String,
        of service: ServiceClient.Service = .events
    ) async throws -> [JSONValue] {
        let client = try client()
        var found: [JSONValue] = []
        var members = members
        repeat {
            let page = try await client.call(operation, members, of: service)
            found += page[list]?.arrayValue ?? []
            members["NextToken"] = page["NextToken"]
        } while members["NextToken"] != nil
        return found
    }
}

/// `sfnctl triggers list`: the buses of a server with their rules, its schedules and routes.
struct TriggersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List event buses with their rules, schedules and HTTP routes.",
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
            let schedules = try await server.all("ListSchedules", [:], "Schedules", of: .scheduler)
            let routes = try await server.all("ListRoutes", [:], "Routes", of: .triggers)
            let answer: JSONValue = [
                "eventBuses": .array(buses), "rules": .array(rules),
                "schedules": .array(schedules), "routes": .array(routes),
            ]
            server.show(answer) {
                if (rules + schedules + routes).isEmpty { Terminal.line("no triggers") }
                for rule in rules { Terminal.line(Self.line(of: rule)) }
                for schedule in schedules { Terminal.line(Self.line(ofSchedule: schedule)) }
                for route in routes { Terminal.line(Self.line(ofRoute: route)) }
            }
        }
    }

    private static func line(of rule: JSONValue) -> String {
        let when = rule["ScheduleExpression"]?.stringValue ?? rule["EventPattern"]?.stringValue
        let parts = ["EventBusName", "Name", "State"].map { rule[$0]?.stringValue }
        return joined(["rule"] + parts + [when])
    }

    private static func line(ofSchedule schedule: JSONValue) -> String {
        let parts = [
            "GroupName", "Name", "State", "ScheduleExpression", "ScheduleExpressionTimezone",
        ].map { schedule[$0]?.stringValue }
        let next = ScheduleDefinition.time(schedule["NextInvocationDate"])
        return joined(["schedule"] + parts + [next.map { "next \($0.rfc3339Seconds)" }])
    }

    private static func line(ofRoute route: JSONValue) -> String {
        let parts = ["Name", "State", "Route", "Action", "StateMachineArn"].map {
            route[$0]?.stringValue
        }
        return joined(["route"] + parts)
    }

    private static func joined(_ parts: [String?]) -> String {
        Terminal.plain(parts.compactMap { $0 }.joined(separator: "  "))
    }
}
