package import StepwellHistory

/// What UpdateStateMachine is asked; a field that is nil stays as it is.
package struct UpdateStateMachineRequest: Sendable {
    package var stateMachineARN: String
    package var definition: String?
    package var roleARN: String?
    package var loggingConfiguration: LoggingConfiguration?
    /// `tracingConfiguration.enabled`.
    package var tracingEnabled: Bool?
    package var encryptionConfiguration: EncryptionConfiguration?
    package var publish: Bool
    package var versionDescription: String?

    package init(
        stateMachineARN: String,
        definition: String? = nil,
        roleARN: String? = nil,
        loggingConfiguration: LoggingConfiguration? = nil,
        tracingEnabled: Bool? = nil,
        encryptionConfiguration: EncryptionConfiguration? = nil,
        publish: Bool = false,
        versionDescription: String? = nil
    ) {
        self.stateMachineARN = stateMachineARN
        self.definition = definition
        self.roleARN = roleARN
        self.loggingConfiguration = loggingConfiguration
        self.tracingEnabled = tracingEnabled
        self.encryptionConfiguration = encryptionConfiguration
        self.publish = publish
        self.versionDescription = versionDescription
    }
}

/// What UpdateStateMachine answers.
package struct UpdateStateMachineResponse: Sendable, Equatable {
    package var updateDate: Timestamp
    package var revisionID: String?
    package var stateMachineVersionARN: String?
}
