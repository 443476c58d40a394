import StepwellEngine
import StepwellJSON
import StepwellTemplates

/// A rule, schedule or route that a deployment has made.
struct DeployedTrigger: Hashable {
    let kind: TriggerKind
    let name: String
    /// A rule's event bus, a schedule's group; nil of routes.
    var place: String?

    init?(_ trigger: PlannedTrigger) {
        guard let call = trigger.calls.first, let name = call.body["Name"]?.stringValue else {
            return nil
        }
        self.name = name
        switch call.operation {
        case "PutRule":
            kind = .rule
            place = call.body["EventBusName"]?.stringValue ?? "default"
        case "CreateSchedule":
            kind = .schedule
            place = call.body["GroupName"]?.stringValue ?? "default"
        case "PutRoute": kind = .route
        default: return nil
        }
    }

    /// Reads what `json` wrote.
    init?(_ json: JSONValue) {
        guard let kind = json["Kind"]?.stringValue.flatMap(TriggerKind.init(rawValue:)),
            let name = json["Name"]?.stringValue
        else { return nil }
        (self.kind, self.name, place) = (kind, name, json["Place"]?.stringValue)
    }

    /// What a record of the deployment says of it.
    var json: JSONValue {
        var members: JSONObject = ["Kind": .string(kind.rawValue), "Name": .string(name)]
        members["Place"] = place.map { .string($0) }
        return .object(members)
    }

    /// What it is, for people.
    var summary: String { "\(kind.rawValue) \(name)" }

    /// Deletes it; one that is not there is deleted already.
    func delete(from target: any DeploymentTarget) async throws {
        do {
            switch kind {
            case .rule: try await deleteRule(from: target)
            case .schedule:
                _ = try await target.call("scheduler", "DeleteSchedule", members("GroupName"))
            case .route: _ = try await target.call("triggers", "DeleteRoute", members(nil))
            }
        } catch let error as ServiceError where error.code == "ResourceNotFoundException" {
            return
        }
    }

    private func deleteRule(from target: any DeploymentTarget) async throws {
        var rule: JSONObject = ["Rule": .string(name)]
        rule["EventBusName"] = place.map { .string($0) }
        let found = try await target.call("events", "ListTargetsByRule", rule)
        let ids = (found["Targets"]?.arrayValue ?? []).compactMap { $0["Id"] }
        if !ids.isEmpty {
            rule["Ids"] = .array(ids)
            _ = try await target.call("events", "RemoveTargets", rule)
        }
        _ = try await target.call("events", "DeleteRule", members("EventBusName"))
    }

    private func members(_ member: String?) -> JSONObject {
        var members: JSONObject = ["Name": .string(name)]
        if let member { members[member] = place.map { .string($0) } }
        return members
    }
}
