import StepwellHistory
import StepwellInterpreter

/// How a task waits for what it asks a service for (developer guide, "Service integration
/// patterns").
enum IntegrationPattern: Sendable, Hashable, CaseIterable {
    /// The answer is the result.
    case request
    /// `.sync`: the end of the job that was begun is the result.
    case sync
    /// `.waitForTaskToken`: somebody who is given the token ends the task.
    case callback

    /// What a resource ends in.
    var suffix: String {
        switch self {
        case .request: ""
        case .sync: ".sync"
        case .callback: ".waitForTaskToken"
        }
    }
}

/// The resource of an optimised integration: `arn:aws:states:::sqs:sendMessage.waitForTaskToken`.
struct IntegrationResource: Sendable {
    /// The service as resources spell it: `sqs`.
    let type: String
    /// The action as resources spell it: `sendMessage`.
    let action: String
    let pattern: IntegrationPattern

    /// The parts of a resource; nil when it is none of this kind.
    init?(_ resource: String) {
        guard case .integration(let task) = TaskResourceName(resource).kind,
            task.resourceType != "local", !task.resourceType.contains(":")
        else { return nil }
        type = task.resourceType
        let parts = task.resource.split(
            separator: ".",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let suffix = parts.count > 1 ? ".\(parts[1])" : ""
        guard let name = parts.first, !name.isEmpty,
            let pattern = IntegrationPattern.allCases.first(where: { $0.suffix == suffix })
        else { return nil }
        action = String(name)
        self.pattern = pattern
    }
}
