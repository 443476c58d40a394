/// The parts of a Task state's `Resource` that can be judged before anything runs.
struct TaskResource {
    /// `states`, `lambda`, …: the ARN's service.
    private let service: String
    /// What comes after the account.
    private let rest: [String]

    /// How a service integration is waited for: `sync`, `sync:2`, `waitForTaskToken`.
    let pattern: String?

    /// The parts; `nil` when `resource` is no ARN, which leaves it to the connectors.
    init?(_ resource: String) {
        let parts = resource.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        )
        .map { String($0) ?? "" }
        guard parts.count >= 6, parts[0] == "arn" else { return nil }
        service = parts[2]
        rest = Array(parts[5...])
        let action = rest.dropFirst().joined(separator: ":")
        pattern = [".waitForTaskToken", ".sync:2", ".sync"].first {
            action.utf8.suffix($0.utf8.count).elementsEqual($0.utf8)
        }.map { String($0.utf8.dropFirst()) ?? "" }
    }

    /// Whether the resource is an activity.
    var isActivity: Bool { service == "states" && rest.first == "activity" }

    /// Whether the resource can exist: an action that an optimised integration does not have is
    /// refused, anything else is for the connectors to know.
    var isRecognized: Bool {
        guard let actions else { return true }
        return actions.contains(action)
    }

    /// What the action may have been meant to be.
    var suggestion: String? {
        guard let actions, let name = rest.first else { return nil }
        if let near = NearMiss.hint(for: action, among: actions) { return near }
        return "Use the AWS SDK integration: aws-sdk:\(name):\(action)."
    }

    private var action: String {
        guard rest.count > 1 else { return "" }
        return String(rest[1].utf8.prefix { $0 != UInt8(ascii: ".") }) ?? ""
    }

    private var actions: [String]? {
        guard service == "states", let name = rest.first else { return nil }
        return Self.optimized[name]
    }

    /// The actions of optimised integrations whose set is small and closed (developer guide,
    /// "Integrating optimized services").
    private static let optimized: [String: [String]] = [
        "dynamodb": ["getItem", "putItem", "updateItem", "deleteItem"],
        "lambda": ["invoke"],
        "sqs": ["sendMessage"],
        "sns": ["publish"],
        "events": ["putEvents"],
        "states": ["startExecution"],
        "apigateway": ["invoke"],
        "http": ["invoke"],
        "batch": ["submitJob"],
        "ecs": ["runTask"],
        "glue": ["startJobRun"],
    ]
}
