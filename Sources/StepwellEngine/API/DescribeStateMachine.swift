package import StepwellHistory
package import StepwellLanguage

/// What DescribeStateMachine and DescribeStateMachineForExecution answer.
package struct DescribeStateMachineResponse: Sendable, Equatable {
    package var stateMachineARN: String
    package var name: String
    package var status: StateMachineStatus
    package var definition: String
    package var roleARN: String
    package var type: StateMachineType
    package var creationDate: Timestamp
    /// When the revision came into force.
    package var updateDate: Timestamp
    package var loggingConfiguration: LoggingConfiguration
    /// `tracingConfiguration.enabled`.
    package var tracingEnabled: Bool
    package var encryptionConfiguration: EncryptionConfiguration?
    /// Nil before the first update.
    package var revisionID: String?
    /// Of a version that was published with a description.
    package var versionDescription: String?
    /// The states that read variables, in order of their names' bytes, each with the names.
    package var variableReferences: [VariableReference] = []
    /// For a child execution of a distributed Map state: its Map Run.
    package var mapRunARN: String?
    /// For a child execution of a distributed Map state: the `Label` it was given.
    package var label: String?
}
