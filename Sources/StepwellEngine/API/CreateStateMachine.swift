package import StepwellHistory

/// What CreateStateMachine is asked.
package struct CreateStateMachineRequest: Sendable {
    package var name: String
    /// The definition's text, kept as it is given.
    package var definition: String
    package var roleARN: String
    package var type: StateMachineType
    package var loggingConfiguration: LoggingConfiguration?
    /// `tracingConfiguration.enabled`.
    package var tracingEnabled: Bool?
    package var encryptionConfiguration: EncryptionConfiguration?
    package var tags: [ResourceTag]
    package var publish: Bool
    package var versionDescription: String?

    package init(
        name: String,
        definition: String,
        roleARN: String,
        type: StateMachineType = .standard,
        loggingConfiguration: LoggingConfiguration? = nil,
        tracingEnabled: Bool? = nil,
        encryptionConfiguration: EncryptionConfiguration? = nil,
        tags: [ResourceTag] = [],
        publish: Bool = false,
        versionDescription: String? = nil
    ) {
        self.name = name
        self.definition = definition
        self.roleARN = roleARN
        self.type = type
        self.loggingConfiguration = loggingConfiguration
        self.tracingEnabled = tracingEnabled
        self.encryptionConfiguration = encryptionConfiguration
        self.tags = tags
        self.publish = publish
        self.versionDescription = versionDescription
    }
}

/// What CreateStateMachine answers.
package struct CreateStateMachineResponse: Sendable, Equatable {
    package var stateMachineARN: String
    package var creationDate: Timestamp
    package var stateMachineVersionARN: String?
}
