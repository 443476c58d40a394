import ArgumentParser
import StepwellJSON

/// What a trigger is.
enum TriggerKind: String, CaseIterable, ExpressibleByArgument {
    case rule
    case schedule
    case route

    /// What a document describes, by members that only one kind has; nil when it has none of them.
    init?(of document: JSONObject) {
        if document["Route"] != nil {
            self = .route
        } else if document["EventPattern"] != nil || document["Targets"] != nil {
            self = .rule
        } else if document["Target"] != nil {
            self = .schedule
        } else {
            return nil
        }
    }

    /// Members that say how a trigger is, and cannot be set.
    var readOnly: [String] {
        switch self {
        case .rule: ["Arn", "CreatedBy", "ManagedBy"]
        case .schedule:
            ["Arn", "CreationDate", "IsFromFile", "LastModificationDate", "NextInvocationDate"]
        case .route: ["CreationDate", "IsFromFile", "LastModificationDate"]
        }
    }
}

/// Which trigger is meant.
struct TriggerName: ParsableArguments {
    @Argument(help: ArgumentHelp("Its name.", valueName: "NAME"))
    var name: String

    @Option(help: ArgumentHelp("A rule's event bus. (default: default)", valueName: "NAME"))
    var bus: String?

    @Option(help: ArgumentHelp("A schedule's group. (default: default)", valueName: "NAME"))
    var group: String?
}
