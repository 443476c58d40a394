package import StepwellHistory

/// One revision of a state machine, never changed: a definition with the settings it runs under.
package struct StateMachineSettings: Sendable, Hashable {
    package var definition: DefinitionDigest
    package var roleARN: String
    package var loggingConfiguration: LoggingConfiguration
    package var tracingEnabled: Bool
    package var encryptionConfiguration: EncryptionConfiguration?
    /// AWS's `revisionId`; nil for the revision that a state machine is created with.
    package var revisionID: String?
    /// When it came into force.
    package var date: Timestamp
}
