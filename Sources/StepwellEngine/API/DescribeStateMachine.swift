package import StepwellHistory

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
}
