import StepwellEngine
import StepwellJSON

/// Reads, sets and deletes one trigger of a server.
///
/// A trigger's document has the members of the API that describes it, and of a rule its `Targets`
/// as well: what is shown can be put again.
struct TriggerAccess {
    let server: TriggersServer
    let name: String
    let bus: JSONValue
    let group: JSONValue

    init(_ server: TriggersServer, _ name: TriggerName) {
        self.server = server
        self.name = name.name
        bus = .string(name.bus ?? "default")
        group = .string(name.group ?? "default")
    }

    // MARK: Reading

    /// The trigger of the name, of a kind or of whatever kind it is.
    func find(
        _ kind: TriggerKind?
    ) async throws -> (kind: TriggerKind, document: JSONObject) {
        var found: [(kind: TriggerKind, document: JSONObject)] = []
        var refusal: ServiceError?
        for each in kind.map({ [$0] }) ?? TriggerKind.allCases {
            do {
                found.append((each, try await document(each)))
            } catch let error as ServiceError where error.code == "ResourceNotFoundException" {
                refusal = error
            }
        }
        if let first = found.first, found.count == 1 { return first }
        if kind != nil, let refusal { throw refusal }
        let kinds = found.map { "a \($0.kind.rawValue)" }.joined(separator: " and ")
        throw CommandFailure(
            .failed,
            found.isEmpty
                ? "there is no rule, schedule or route '\(name)'"
                : "'\(name)' is \(kinds): say which with --kind"
        )
    }

    /// The trigger's document.
    func document(_ kind: TriggerKind) async throws -> JSONObject {
        let client = try server.client()
        switch kind {
        case .rule:
            let place: JSONObject = ["EventBusName": bus, "Name": .string(name)]
            var rule = try await client.call("DescribeRule", place, of: .events)
            rule["Targets"] = .array(try await targets())
            return rule
        case .schedule:
            let place: JSONObject = ["GroupName": group, "Name": .string(name)]
            return try await client.call("GetSchedule", place, of: .scheduler)
        case .route:
            let answer = try await client.call("GetRoute", ["Name": .string(name)], of: .triggers)
            return answer["Route"]?.objectValue ?? answer
        }
    }

    private func targets() async throws -> [JSONValue] {
        let place: JSONObject = ["EventBusName": bus, "Rule": .string(name)]
        return try await server.all("ListTargetsByRule", place, "Targets")
    }

    // MARK: Changing

    /// Makes the trigger what a document says, or brings it up to date.
    func put(_ kind: TriggerKind, _ document: JSONObject) async throws {
        var members = document
        for member in kind.readOnly { members.removeValue(forKey: member) }
        members["Name"] = .string(name)
        switch kind {
        case .rule: try await putRule(members)
        case .schedule: try await putSchedule(members)
        case .route: _ = try await server.client().call("PutRoute", members, of: .triggers)
        }
    }

    private func putRule(_ members: JSONObject) async throws {
        var rule = members
        let targets = rule.removeValue(forKey: "Targets")?.arrayValue
        rule["EventBusName"] = bus
        let client = try server.client()
        _ = try await client.call("PutRule", rule, of: .events)
        guard let targets else { return }
        if !targets.isEmpty {
            let put: JSONObject = [
                "EventBusName": bus, "Rule": .string(name), "Targets": .array(targets),
            ]
            _ = try await client.call("PutTargets", put, of: .events)
        }
        let ids = targets.map { $0["Id"] }
        try await removeTargets { !ids.contains($0["Id"]) }
    }

    private func removeTargets(_ isGone: (JSONValue) -> Bool) async throws {
        let ids = try await targets().filter(isGone).compactMap { $0["Id"] }
        guard !ids.isEmpty else { return }
        let members: JSONObject = [
            "EventBusName": bus, "Rule": .string(name), "Ids": .array(ids),
        ]
        _ = try await server.client().call("RemoveTargets", members, of: .events)
    }

    private func putSchedule(_ members: JSONObject) async throws {
        var schedule = members
        schedule["GroupName"] = group
        schedule["FlexibleTimeWindow"] = schedule["FlexibleTimeWindow"] ?? ["Mode": "OFF"]
        let client = try server.client()
        do {
            _ = try await client.call("UpdateSchedule", schedule, of: .scheduler)
        } catch let error as ServiceError where error.code == "ResourceNotFoundException" {
            _ = try await client.call("CreateSchedule", schedule, of: .scheduler)
        }
    }

    /// Deletes the trigger; a rule with its targets.
    func delete(_ kind: TriggerKind) async throws {
        let client = try server.client()
        switch kind {
        case .rule:
            try await removeTargets { _ in true }
            let rule: JSONObject = ["EventBusName": bus, "Name": .string(name)]
            _ = try await client.call("DeleteRule", rule, of: .events)
        case .schedule:
            let schedule: JSONObject = ["GroupName": group, "Name": .string(name)]
            _ = try await client.call("DeleteSchedule", schedule, of: .scheduler)
        case .route:
            _ = try await client.call("DeleteRoute", ["Name": .string(name)], of: .triggers)
        }
    }
}
