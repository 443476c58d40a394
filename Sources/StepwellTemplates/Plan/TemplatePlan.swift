package import StepwellIntegrations
package import StepwellJSON

/// What is to be made of a template, in the order of the template.
package struct TemplatePlan: Sendable {
    /// A resource that is not made, and why.
    package struct LeftOut: Sendable, Hashable {
        package let logicalID: String
        package let type: String
        package let reason: String
        /// Where it is written: file, line and column.
        package let place: String
    }

    package internal(set) var stateMachines: [PlannedStateMachine] = []
    package internal(set) var activities: [PlannedActivity] = []
    package internal(set) var versions: [PlannedVersion] = []
    package internal(set) var aliases: [PlannedAlias] = []
    package internal(set) var functions: [PlannedFunction] = []
    package internal(set) var triggers: [PlannedTrigger] = []
    package internal(set) var leftOut: [LeftOut] = []
    /// What was passed over in resources that are made.
    package internal(set) var notes: [SettingsProblem] = []
}

/// A state machine that is to be made, or brought up to date.
package struct PlannedStateMachine: Sendable {
    /// Where the definition is.
    package enum Definition: Sendable {
        /// A file, absolute.
        case file(String)
        /// In the template: the text, and the place of its parts when it is written as a value.
        case text(String, partsAt: JSONPointer?)
    }

    package let logicalID: String
    package let name: String
    package let arn: String
    package let definition: Definition
    /// Values of `${NAME}` in the definition.
    package let substitutions: [String: String]
    package let roleARN: String
    /// `STANDARD` or `EXPRESS`.
    package let type: String
    /// The members of CreateStateMachine beside name, definition, role and type.
    package let settings: JSONObject
    /// The alias that SAM keeps at the newest version; nil without one.
    package let publishedAlias: String?
    package let place: JSONPointer
}

/// An activity that is to be made.
package struct PlannedActivity: Sendable {
    package let logicalID: String
    package let name: String
    package let place: JSONPointer
}

/// A version of a state machine that is to be published.
package struct PlannedVersion: Sendable {
    package let logicalID: String
    package let stateMachineARN: String
    package let description: String?
    package let place: JSONPointer
}

/// An alias that is to be made, or brought up to date.
package struct PlannedAlias: Sendable {
    /// A version by the logical id of its resource, or by its ARN, and its share of starts.
    package struct Route: Sendable {
        package let version: String
        package let weight: Int
    }

    package let logicalID: String
    package let name: String
    package let description: String?
    package let routes: [Route]
    package let place: JSONPointer
}

/// A Lambda function with code on this machine.
package struct PlannedFunction: Sendable {
    package let logicalID: String
    package let name: String
    /// The directory of the code, absolute.
    package let directory: String
    package let handler: String
    package let timeoutSeconds: Double?
    package let memoryMegabytes: Int?
    package let environment: [(name: String, value: String)]
}

/// What starts executions: calls that set it up, in their order.
package struct PlannedTrigger: Sendable {
    /// A call of an operation.
    package struct Call: Sendable {
        /// `events`, `scheduler` or `triggers`.
        package let service: String
        package let operation: String
        package let body: JSONObject
    }

    package let logicalID: String
    /// What it is, for people: `a schedule: rate(1 hour)`.
    package let summary: String
    package let calls: [Call]
    package let place: JSONPointer
}
