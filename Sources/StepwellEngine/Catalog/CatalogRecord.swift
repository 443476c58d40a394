package import StepwellHistory

/// A change of the catalog, as its stream records it.
package enum CatalogRecord: Sendable, Equatable {
    case stateMachineCreated(StateMachineCreation)
    /// `definition` is the text when the revision brings a new one, else nil.
    case stateMachineUpdated(arn: String, settings: StateMachineSettings, definition: String?)
    case stateMachineDeleted(arn: String, date: Timestamp)
    case activityCreated(ActivityDescription, tags: [ResourceTag])
    case activityDeleted(arn: String, date: Timestamp)
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
