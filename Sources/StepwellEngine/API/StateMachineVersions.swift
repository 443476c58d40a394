package import StepwellHistory

/// What PublishStateMachineVersion is asked.
package struct PublishStateMachineVersionRequest: Sendable {
    package var stateMachineARN: String
    /// Publish only if this is the revision in force; `INITIAL` is the first one.
    package var revisionID: String?
    package var description: String?

    package init(stateMachineARN: String, revisionID: String? = nil, description: String? = nil) {
        self.stateMachineARN = stateMachineARN
        self.revisionID = revisionID
        self.description = description
    }
}

/// One entry of ListStateMachineVersions, and what PublishStateMachineVersion answers.
package struct StateMachineVersionListItem: Sendable, Equatable {
    package var stateMachineVersionARN: String
    package var creationDate: Timestamp
}
