import StepwellEngine
import StepwellJSON
import StepwellTemplates

/// Makes what plans say, or brings it up to date.
struct Deployment {
    let target: any DeploymentTarget
    /// Whether triggers go that are not in the template any more.
    var isPruning = false

    typealias Row = DeploymentReport.Row

    /// Makes everything of plans; what is refused is a row of its own.
    func deploy(_ plans: [PreparedPlan]) async throws -> [Row] {
        var rows: [Row] = []
        for prepared in plans {
            let plan = prepared.plan
            for activity in plan.activities {
                rows.append(
                    try await row(activity.logicalID, "activity \(activity.name)") {
                        let body = JSONObject([("name", .string(activity.name))])
                        _ = try await target.call("states", "CreateActivity", body)
                        return .present
                    }
                )
            }
            for machine in plan.stateMachines {
                let definition = prepared.definitions[machine.logicalID] ?? ""
                rows += try await deploy(machine, definition)
            }
            rows += try await publish(plan)
            for trigger in plan.triggers {
                rows.append(
                    try await row(
                        trigger.logicalID,
                        "trigger \(trigger.logicalID): \(trigger.summary)"
                    ) { try await set(trigger) }
                )
            }
            rows += try await reconcile(plan, stack: prepared.stack)
        }
        return rows
    }

    /// What became of one thing; what no answer came for is thrown on.
    func row(
        _ logicalID: String,
        _ what: String,
        _ body: () async throws -> Row.Outcome
    ) async throws -> Row {
        do {
            return Row(logicalID: logicalID, what: what, outcome: try await body())
        } catch let error as ServiceError {
            return Row(logicalID: logicalID, what: what, outcome: .refused(error.description))
        }
    }

    // MARK: State machines

    private func deploy(
        _ machine: PlannedStateMachine,
        _ definition: String
    ) async throws -> [Row] {
        var wanted = machine.settings
        wanted["definition"] = .string(definition)
        wanted["roleArn"] = .string(machine.roleARN)
        var rows = [
            try await row(machine.logicalID, "state machine \(machine.name)") {
                guard let present = try await present(machine.arn) else {
                    var body = wanted
                    body["name"] = .string(machine.name)
                    body["type"] = .string(machine.type)
                    _ = try await target.call("states", "CreateStateMachine", body)
                    return .made
                }
                return try await update(machine, wanted, present)
            }
        ]
        guard let alias = machine.publishedAlias, !rows.contains(where: \.isRefused) else {
            return rows
        }
        rows.append(
            try await row(machine.logicalID, "alias \(alias) of \(machine.name)") {
                let version = try await published(machine.arn, nil)
                return try await set(alias, of: machine.arn, [(version, 100)], nil)
            }
        )
        return rows
    }

    /// What the server has at an ARN; nil when there is nothing.
    private func present(_ arn: String) async throws -> JSONObject? {
        do {
            let body = JSONObject([("stateMachineArn", .string(arn))])
            return try await target.call("states", "DescribeStateMachine", body)
        } catch let error as ServiceError where error.code == "StateMachineDoesNotExist" {
            return nil
        }
    }

    private func update(
        _ machine: PlannedStateMachine,
        _ wanted: JSONObject,
        _ present: JSONObject
    ) async throws -> Row.Outcome {
        guard present["type"]?.stringValue == machine.type else {
            return .refused(
                "it is of type \(present["type"]?.stringValue ?? ""): delete it, or name the new "
                    + "one otherwise"
            )
        }
        var body = wanted
        let tags = body.removeValue(forKey: "tags")
        if let tags {
            let request = JSONObject([("resourceArn", .string(machine.arn)), ("tags", tags)])
            _ = try await target.call("states", "TagResource", request)
        }
        let isSame = body.allSatisfy { present[$0.key] == $0.value }
        if isSame { return .unchanged }
        body["stateMachineArn"] = .string(machine.arn)
        _ = try await target.call("states", "UpdateStateMachine", body)
        return .updated
    }

    // MARK: Versions and aliases

    /// Publishes the versions of a plan, then sets its aliases.
    private func publish(_ plan: TemplatePlan) async throws -> [Row] {
        var rows: [Row] = []
        var versions: [String: String] = [:]
        for version in plan.versions {
            var arn = ""
            var found = try await row(version.logicalID, "version") {
                arn = try await published(version.stateMachineARN, version.description)
                return .present
            }
            found.what = arn.isEmpty ? "version" : "version \(arn)"
            versions[version.logicalID] = arn.isEmpty ? nil : arn
            rows.append(found)
        }
        for alias in plan.aliases {
            let routes = alias.routes.compactMap { route -> (String, Int)? in
                let isARN = route.version.hasPrefix("arn:")
                return (isARN ? route.version : versions[route.version]).map { ($0, route.weight) }
            }
            rows.append(
                try await row(alias.logicalID, "alias \(alias.name)") {
                    guard routes.count == alias.routes.count, let first = routes.first,
                        let colon = first.0.lastIndex(of: ":")
                    else { return .refused("there is no version for it to lead to") }
                    let machine = String(first.0[..<colon])
                    return try await set(alias.name, of: machine, routes, alias.description)
                }
            )
        }
        return rows
    }

    /// The version of a state machine as it is now: the same again when nothing has changed.
    private func published(_ arn: String, _ description: String?) async throws -> String {
        var body = JSONObject([("stateMachineArn", .string(arn))])
        body["description"] = description.map { .string($0) }
        let answer = try await target.call("states", "PublishStateMachineVersion", body)
        return answer["stateMachineVersionArn"]?.stringValue ?? ""
    }

    private func set(
        _ alias: String,
        of machine: String,
        _ routes: [(version: String, weight: Int)],
        _ description: String?
    ) async throws -> Row.Outcome {
        let arn = "\(machine):\(alias)"
        var body = JSONObject([
            (
                "routingConfiguration",
                .array(
                    routes.map { route in
                        .object(
                            JSONObject([
                                ("stateMachineVersionArn", .string(route.version)),
                                ("weight", .number(JSONNumber(Int64(route.weight)))),
                            ])
                        )
                    }
                )
            )
        ])
        body["description"] = description.map { .string($0) }
        let present: JSONObject
        do {
            let request = JSONObject([("stateMachineAliasArn", .string(arn))])
            present = try await target.call("states", "DescribeStateMachineAlias", request)
        } catch let error as ServiceError where error.code == "ResourceNotFound" {
            body["name"] = .string(alias)
            _ = try await target.call("states", "CreateStateMachineAlias", body)
            return .made
        }
        if body.allSatisfy({ present[$0.key] == $0.value }) { return .unchanged }
        body["stateMachineAliasArn"] = .string(arn)
        _ = try await target.call("states", "UpdateStateMachineAlias", body)
        return .updated
    }

    // MARK: Triggers

    private func set(_ trigger: PlannedTrigger) async throws -> Row.Outcome {
        for call in trigger.calls {
            do {
                _ = try await target.call(call.service, call.operation, call.body)
            } catch let error as ServiceError where Self.isConflict(error) {
                // What is created by name is there: schedules are updated, groups and buses stay.
                guard call.operation == "CreateSchedule" else { continue }
                _ = try await target.call(call.service, "UpdateSchedule", call.body)
            }
        }
        return .present
    }

    private static func isConflict(_ error: ServiceError) -> Bool {
        ["ConflictException", "ResourceAlreadyExistsException"].contains(error.code)
    }
}
