import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import StepwellTriggers

/// The schedules and routes that a configuration file defines, read and checked as a whole.
struct TriggerDefinitions {
    private(set) var schedules: [String: ScheduleDefinition] = [:]
    private(set) var routes: [String: RouteDefinition] = [:]
    let keys: [String: (key: String, rate: RouteRate?)]
    private let rules: ScheduleRules

    /// Reads what a file says; `rules` are those of the server.
    ///
    /// - Throws: `SettingsProblems`.
    init(_ settings: TriggersSettings, rules: ScheduleRules) throws(SettingsProblems) {
        self.rules = rules
        keys = Dictionary(
            settings.routeKeys.map { settings -> (String, (key: String, rate: RouteRate?)) in
                var rate: JSONObject = [:]
                rate["Rate"] = settings.rate.map { .number(JSONNumber($0)) }
                rate["Burst"] = settings.burst.map { .number(JSONNumber($0)) }
                return (settings.name, (settings.key.reveal(), RouteRate(.object(rate))))
            }
        ) { $1 }
        var problems: [SettingsProblem] = []
        for item in settings.schedules {
            do {
                schedules[item.name] = try schedule(item)
            } catch {
                problems.append(item.problem(Self.reason(error)))
            }
        }
        for item in settings.routes {
            do {
                routes[item.name] = try route(item)
            } catch {
                problems.append(item.problem(Self.reason(error)))
            }
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
    }

    /// Has triggers take it over.
    ///
    /// - Throws: `ServiceError` for what shows only among everything that there is: two routes that
    ///   take the same requests.
    func apply(to triggers: Triggers) async throws {
        try await triggers.scheduler.apply(schedules)
        try await triggers.routes.apply(routes: routes, keys: keys)
    }

    private func schedule(_ item: TriggerItem) throws -> ScheduleDefinition {
        var members = try JSONParser.parse(item.json).objectValue ?? [:]
        var target = members["Target"]?.objectValue ?? [:]
        if let name = target.removeValue(forKey: "StateMachine") { target["Arn"] = arn(name) }
        if target["RoleArn"] == nil {
            target["RoleArn"] = .string(
                rules.partition.arn("iam", account: rules.account, "role/any")
            )
        }
        members["Target"] = .object(target)
        for name in ["StartDate", "EndDate"] {
            guard let value = members[name], ScheduleDefinition.time(value) == nil else { continue }
            throw CommandFailure(
                .badInput,
                "\(JSONWriter.string(value)) is not a time like 2026-11-29T08:30:00Z"
            )
        }
        guard let definition = ScheduleDefinition(.object(members)) else {
            throw CommandFailure(.badInput, "a schedule has an expression and a target")
        }
        try rules.check(definition)
        return definition
    }

    private func route(_ item: TriggerItem) throws -> RouteDefinition {
        var members = try JSONParser.parse(item.json).objectValue ?? [:]
        if let name = members.removeValue(forKey: "StateMachine") {
            members["StateMachineArn"] = arn(name)
        }
        let definition = try RouteDefinition(members)
        try definition.checkMappings()
        return definition
    }

    private static func reason(_ error: any Error) -> String {
        (error as? ServiceError)?.message ?? "\(error)"
    }

    /// The ARN of a state machine of this server.
    private func arn(_ name: JSONValue) -> JSONValue {
        .string(
            Partition.arn(
                "states",
                region: rules.region,
                account: rules.account,
                "stateMachine:\(name.stringValue ?? "")"
            )
        )
    }
}
