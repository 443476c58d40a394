import ArgumentParser
import StepwellEngine
import StepwellJSON

/// `sfnctl triggers put`: makes a rule, schedule or route, or changes it.
struct PutTriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Create or replace a rule, schedule or HTTP route.",
        discussion: """
            A state machine is started by the events that a pattern matches, at the times of a \
            schedule, or by the requests of a route. --definition takes everything there is to say \
            instead: a document in the form that `show --json` prints, in which a rule has its \
            Targets; targets that are not in it go.

            EXAMPLES
              sfnctl triggers put orders --pattern '{"source": ["shop"]}' --start orders
              sfnctl triggers put nightly --schedule 'cron(0 3 * * ? *)' --start orders
              sfnctl triggers put greet --route 'POST /greet' --start greet --sync
              sfnctl triggers show nightly --json > nightly.json
              sfnctl triggers put nightly --definition nightly.json
            """
    )

    @OptionGroup
    var trigger: TriggerName

    @Option(help: "Events that start it: an event pattern as JSON, a file, or -.")
    var pattern: String?

    @Option(help: "Times at which it is started: rate(…), cron(…) or at(…).")
    var schedule: String?

    @Option(help: "Requests that start it: a method and a path, 'POST /orders/{id}'.")
    var route: String?

    @Option(help: "Everything: JSON, a file, or - for standard input.")
    var definition: String?

    @Option(
        help: ArgumentHelp("The state machine, by name or ARN.", valueName: "MACHINE")
    )
    var start: String?

    @Option(help: "Its input: JSON, a file, or -. (default: the event, the request's body)")
    var input: String?

    @Option(help: "The time zone of a schedule. (default: UTC)")
    var zone: String?

    @Option(help: "What it is for.")
    var description: String?

    @Flag(help: "A route waits for the end, and answers with the output.")
    var sync = false

    @Flag(help: "It is there, and starts nothing yet.")
    var disabled = false

    @OptionGroup
    var server: TriggersServer

    func validate() throws {
        let parts = [pattern, schedule, route, definition].compactMap { $0 }
        guard parts.count == 1 else {
            throw ValidationError("give one of --pattern, --schedule, --route and --definition")
        }
        guard (definition == nil) == (start != nil) else {
            throw ValidationError(
                definition == nil ? "--start says what is started" : "--definition says everything"
            )
        }
        let isPlain = (input ?? zone ?? description) == nil && !sync && !disabled
        guard definition == nil || isPlain else {
            throw ValidationError("--definition says everything")
        }
        guard schedule != nil || zone == nil else {
            throw ValidationError("--zone is of a --schedule")
        }
        guard route != nil || !sync else { throw ValidationError("--sync is of a --route") }
        guard route == nil || input == nil else {
            throw ValidationError("the input of a --route is of the request: see --definition")
        }
    }

    func run() async throws {
        try await reporting {
            let (kind, document) = try await wanted()
            let access = TriggerAccess(server, trigger)
            try await access.put(kind, document)
            let answer: JSONValue
            answer = server.json ? .object(try await access.document(kind)) : .null
            server.show(answer) {
                Terminal.line(Terminal.plain("put \(kind.rawValue) \(access.name)"))
            }
        }
    }

    private func wanted() async throws -> (TriggerKind, JSONObject) {
        if let definition { return try Self.read(definition) }
        let resolver = NameResolver(api: try server.client())
        let arn = try await resolver.machine(start ?? "")
        let given = try input.map { String(decoding: try InputText.json($0).bytes, as: UTF8.self) }
        var document: JSONObject = ["State": .string(disabled ? "DISABLED" : "ENABLED")]
        document["Description"] = description.map { .string($0) }
        if let route {
            document["Route"] = .string(route)
            document["StateMachineArn"] = .string(arn)
            document["Action"] = .string(sync ? "StartSyncExecution" : "StartExecution")
            return (.route, document)
        }
        var target: JSONObject = ["Arn": .string(arn), "RoleArn": .string(Self.role(of: arn))]
        target["Input"] = given.map { .string($0) }
        if let schedule {
            document["ScheduleExpression"] = .string(schedule)
            document["ScheduleExpressionTimezone"] = zone.map { .string($0) }
            document["Target"] = .object(target)
            return (.schedule, document)
        }
        let text = try InputText.json(pattern ?? "").bytes
        document["EventPattern"] = .string(String(decoding: text, as: UTF8.self))
        target["Id"] = "start"
        document["Targets"] = [.object(target)]
        return (.rule, document)
    }

    private static func read(_ definition: String) throws -> (TriggerKind, JSONObject) {
        guard case .object(let document) = try InputText.json(definition).value(),
            let kind = TriggerKind(of: document)
        else {
            throw CommandFailure(
                .badInput,
                "--definition: an object with EventPattern or Targets (a rule), Target (a "
                    + "schedule) or Route is expected"
            )
        }
        return (kind, document)
    }

    /// A role of the state machine's account: the API needs one, and nobody looks at it here.
    private static func role(of arn: String) -> String {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        let account = parts.count > 4 ? parts[4] : "000000000000"
        return "arn:\(Partition.name(in: arn)):iam::\(account):role/any"
    }
}
