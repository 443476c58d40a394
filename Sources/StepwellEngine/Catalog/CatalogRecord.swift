package import StepwellHistory

/// A change of the catalog, as its stream records it.
package enum CatalogRecord: Sendable, Equatable {
    case stateMachineCreated(StateMachineCreation)
    /// `definition` is the text when the revision brings a new one, else nil.
    case stateMachineUpdated(arn: String, settings: StateMachineSettings, definition: String?)
    case stateMachineDeleted(arn: String, date: Timestamp)
    case activityCreated(ActivityDescription, tags: [ResourceTag])
    case activityDeleted(arn: String, date: Timestamp)
    /// A version of the revision in force.
    case versionPublished(arn: String, VersionPublication)
    case versionDeleted(arn: String, number: Int, date: Timestamp)
    case aliasCreated(arn: String, StateMachineAlias)
    case aliasUpdated(arn: String, StateMachineAlias)
    case aliasDeleted(arn: String, name: String, date: Timestamp)
    /// Tags are added to a state machine or activity, or their values replaced.
    case resourceTagged(arn: String, tags: [ResourceTag], date: Timestamp)
    case resourceUntagged(arn: String, keys: [String], date: Timestamp)
}

/// What is recorded of a new version.
package struct VersionPublication: Sendable, Equatable {
    package var number: Int
    package var description: String?
    package var date: Timestamp
    /// Whether CreateStateMachine published it.
    package var isOfCreation: Bool
}

/// What is recorded of a new state machine.
package struct StateMachineCreation: Sendable, Equatable {
    package var arn: String
    package var name: String
    package var type: StateMachineType
    package var tags: [ResourceTag]
    package var settings: StateMachineSettings
    /// The definition's text.
    package var definition: String
}

extension CatalogRecord {
    /// The definition text that the record brings, and its digest.
    var definition: (text: String, digest: DefinitionDigest)? {
        switch self {
        case .stateMachineCreated(let creation):
            (creation.definition, creation.settings.definition)
        case .stateMachineUpdated(_, let settings, let definition):
            definition.map { ($0, settings.definition) }
        case .stateMachineDeleted, .activityCreated, .activityDeleted, .versionPublished,
            .versionDeleted, .aliasCreated, .aliasUpdated, .aliasDeleted, .resourceTagged,
            .resourceUntagged:
            nil
        }
    }
}
