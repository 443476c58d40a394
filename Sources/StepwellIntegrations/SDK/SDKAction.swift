import StepwellHistory
import StepwellInterpreter

/// What a resource of an SDK integration names.
struct SDKAction {
    /// The service as resources spell it: `dynamodb`.
    let service: String
    /// The action as models spell it: `PutItem`.
    let name: String
    /// Whether the task goes on until it is called back.
    let isCallback: Bool

    /// Reads a resource; nil when it is no SDK integration, or one of Step Functions itself, which
    /// the engine does.
    init?(_ resource: String) {
        guard case .integration(let task) = TaskResourceName(resource).kind else { return nil }
        let path = task.resourceType.split(separator: ":", omittingEmptySubsequences: false)
        guard path.count == 2, path[0] == "aws-sdk", path[1] != "sfn", !path[1].isEmpty else {
            return nil
        }
        let parts = task.resource.split(separator: ".", omittingEmptySubsequences: false)
        switch parts.dropFirst() {
        case []: isCallback = false
        case ["waitForTaskToken"]: isCallback = true
        default: return nil
        }
        guard let first = parts[0].utf8.first, (97...122).contains(first) else { return nil }
        service = String(path[1])
        name = SDKName.capitalized(String(parts[0]))
    }
}
