/// The parts of a Task state's `Resource` that can be judged before anything runs.
struct TaskResource {
    /// `states`, `lambda`, …: the ARN's service.
    private let service: String
    /// Whether the ARN is of the form and of a partition that AWS has.
    private let isARN: Bool
    /// What comes after the account.
    private let rest: [String]

    /// How a service integration is waited for: `sync`, `sync:2`, `waitForTaskToken`.
    let pattern: String?

    /// The parts; `nil` when `resource` is no ARN, which leaves it to the connectors, or one with
    /// placeholders.
    init?(_ resource: String) {
        let parts = resource.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        )
        .map { String($0) ?? "" }
        guard parts[0] == "arn", Placeholder.names(in: resource).isEmpty else { return nil }
        isARN = parts.count >= 6 && Self.isPartition(parts[1])
        service = parts.count > 2 ? parts[2] : ""
        rest = Array(parts.dropFirst(5))
        let action = rest.dropFirst().joined(separator: ":")
        pattern = [".waitForTaskToken", ".sync:2", ".sync"].first {
            action.utf8.suffix($0.utf8.count).elementsEqual($0.utf8)
        }.map { String($0.utf8.dropFirst()) ?? "" }
    }

    /// Whether the resource is an activity.
    var isActivity: Bool { service == "states" && rest.first == "activity" }

    private static func isPartition(_ name: String) -> Bool {
        name == "aws" || name.utf8.starts(with: "aws-".utf8)
    }

    /// Whether the resource can exist: what is called an ARN and is none of AWS's is refused, and
    /// an action that an optimised integration does not have; anything else is for the connectors
    /// to know.
    var isRecognized: Bool {
        guard isARN else { return false }
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
