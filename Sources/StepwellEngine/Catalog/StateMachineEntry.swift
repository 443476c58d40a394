package import StepwellHistory

/// A state machine in the catalog.
package struct StateMachineEntry: Sendable {
    package var arn: String
    package var name: String
    package var type: StateMachineType
    package var creationDate: Timestamp
    package var tags: [ResourceTag]
    /// Oldest first, the last being in force; never empty.
    package private(set) var revisions: [StateMachineSettings]
    /// The revision in force.
    package private(set) var current: StateMachineSettings

    package init(
        arn: String,
        name: String,
        type: StateMachineType,
        tags: [ResourceTag],
        settings: StateMachineSettings
    ) {
        self.arn = arn
        self.name = name
        self.type = type
        self.creationDate = settings.date
        self.tags = tags
        self.revisions = [settings]
        self.current = settings
    }

    /// Puts a new revision in force.
    package mutating func revise(_ settings: StateMachineSettings) {
        revisions.append(settings)
        current = settings
    }

    /// The newest revision with a definition: what an execution that follows it was started under.
    package func revision(following definition: DefinitionDigest) -> StateMachineSettings? {
        revisions.last { $0.definition == definition }
    }
}
