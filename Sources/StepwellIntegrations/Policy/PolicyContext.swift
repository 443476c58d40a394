import StepwellEngine
import StepwellJSON

/// Who asks, and from where: what the requests of a task are made of.
package struct PolicyContext: Sendable {
    /// The ARN of the role that the task is done as.
    package var role: String
    package var stateMachineARN: String
    package var region: String
    package var account: String

    package init(role: String, stateMachineARN: String, region: String, account: String) {
        self.role = role
        self.stateMachineARN = stateMachineARN
        self.region = region
        self.account = account
    }

    /// The condition keys that requests have here.
    package static let keys = [
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:RequestedRegion", "aws:ResourceAccount",
        "ecs:cluster", "events:detail-type", "events:source", "s3:prefix", "states:HTTPEndpoint",
        "states:HTTPMethod",
    ]

    /// A request, with the keys that every request has.
    func request(
        _ action: String,
        on resource: String,
        _ more: [String: [String]] = [:]
    ) -> PolicyRequest {
        let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            .map(String.init)
        let owner = role.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var context = more
        context["aws:principalarn"] = [role]
        if owner.count > 4, !owner[4].isEmpty { context["aws:principalaccount"] = [owner[4]] }
        let isPlaced = parts.count == 6
        context["aws:requestedregion"] = [isPlaced && !parts[3].isEmpty ? parts[3] : region]
        context["aws:resourceaccount"] = [isPlaced && !parts[4].isEmpty ? parts[4] : account]
        return PolicyRequest(role: role, action: action, resource: resource, context: context)
    }

    /// The partition of the role's region.
    var partition: Partition { .of(region) }

    /// The ARN of a resource of a service, from what comes behind the account.
    func arn(_ service: String, _ rest: String) -> String {
        partition.arn(service, region: region, account: account, rest)
    }

    /// An ARN as it is, a name behind a prefix as the ARN of a resource of a service.
    func arn(_ service: String, _ prefix: String, named name: String) -> String {
        name.utf8.starts(with: "arn:".utf8) ? name : arn(service, prefix + name)
    }
}

/// Parameters of a task, whatever the case of their first letter.
struct PolicyParameters {
    private let members: JSONObject

    init(_ value: JSONValue) {
        members = value.objectValue ?? JSONObject()
    }

    subscript(_ name: String) -> JSONValue? {
        members[name] ?? members[name.prefix(1).lowercased() + name.dropFirst()]
    }

    /// A text.
    func text(_ name: String) -> String? { self[name]?.stringValue }

    /// The first text that is an ARN in a member whose name says so.
    var firstARN: String? {
        for (name, value) in members where name.lowercased().hasSuffix("arn") {
            if let text = value.stringValue, text.utf8.starts(with: "arn:".utf8) { return text }
        }
        return nil
    }
}
