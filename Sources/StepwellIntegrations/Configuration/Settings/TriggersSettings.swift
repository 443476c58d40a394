/// What a configuration file defines of triggers.
package struct TriggersSettings: Sendable, Hashable {
    /// Event buses by name, each with its description.
    package var eventBuses: [EventBusSettings] = []
    /// Rules of event buses.
    package var rules: [RuleSettings] = []
    /// Schedules of the default group.
    package var schedules: [TriggerItem] = []
    /// HTTP routes, and the keys of their callers.
    package var routes: [TriggerItem] = []
    package var routeKeys: [RouteKeySettings] = []

    /// A file that defines none.
    package init() {}
}

/// An event bus that a file defines.
package struct EventBusSettings: Sendable, Hashable {
    package var name: String
    package var description: String?
}

/// A rule that a file defines.
package struct RuleSettings: Sendable, Hashable {
    package var name: String
    package var eventBus: String?
    /// The event pattern's JSON text.
    package var pattern: String?
    package var schedule: String?
    package var isEnabled = true
    package var description: String?
    package var targets: [RuleTargetSettings] = []
    /// Where it is written, for what is found to be wrong with it later.
    package var place: SettingsProblem
}

/// A target of a rule that a file defines.
package struct RuleTargetSettings: Sendable, Hashable {
    package var id: String
    /// An ARN, or else the name of a state machine.
    package var arn: String?
    package var stateMachine: String?
    package var roleARN: String?
    /// The JSON text that the target is given.
    package var input: String?
    package var inputPath: String?
    /// A template, and its variables' paths.
    package var inputTemplate: String?
    package var inputPaths: [InputPathSettings] = []
    package var maximumRetryAttempts: Int?
    package var maximumEventAgeSeconds: Int?
    package var deadLetterARN: String?
    /// Where it is written.
    package var place: SettingsProblem
}

/// A variable of an input template.
package struct InputPathSettings: Sendable, Hashable {
    package var name: String
    package var path: String
}
