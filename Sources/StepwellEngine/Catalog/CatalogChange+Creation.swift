package import StepwellHistory
package import StepwellLanguage

extension CatalogChange {
    /// What creating a state machine changes; nil when it is there already and the same (AWS does
    /// not compare role and tags).
    ///
    /// Throws `StateMachineAlreadyExists` when the name is taken by another.
    package static func creating(
        _ request: CreateStateMachineRequest,
        as arn: String,
        compiled: StateMachineDefinition,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        let settings = StateMachineSettings(
            definition: DefinitionCompiler.digest(request.definition),
            roleARN: request.roleARN,
            loggingConfiguration: request.loggingConfiguration ?? LoggingConfiguration(),
            tracingEnabled: request.tracingEnabled ?? false,
            encryptionConfiguration: request.encryptionConfiguration,
            revisionID: nil,
            date: now
        )
        if let existing = catalog.stateMachine(arn) {
            guard existing.type == request.type, existing.current.isSame(as: settings),
                existing.isPublished(as: request)
            else { throw .stateMachineAlreadyExists(arn) }
            return nil
        }
        let creation = StateMachineCreation(
            arn: arn,
            name: request.name,
            type: request.type,
            tags: request.tags,
            settings: settings,
            definition: request.definition
        )
        var change = CatalogChange(record: .stateMachineCreated(creation), compiled: compiled)
        if request.publish {
            let publication = VersionPublication(
                number: 1,
                description: request.versionDescription,
                date: now,
                isOfCreation: true
            )
            change.records.append(.versionPublished(arn: arn, publication))
        }
        return change
    }

    /// What creating an activity changes; nil when it is there already.
    ///
    /// Throws `ActivityAlreadyExists` when it is there under another encryption.
    package static func creatingActivity(
        _ name: String,
        as arn: String,
        tags: [ResourceTag],
        encryption: EncryptionConfiguration? = nil,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        if let existing = catalog.activity(arn) {
            guard existing.encryptionConfiguration ?? .plain == encryption ?? .plain else {
                throw .activityAlreadyExists(arn)
            }
            return nil
        }
        let activity = ActivityDescription(
            activityARN: arn,
            name: name,
            creationDate: now,
            encryptionConfiguration: encryption
        )
        return CatalogChange(record: .activityCreated(activity, tags: tags))
    }
}

extension StateMachineEntry {
    /// Whether CreateStateMachine published a version as a request asks for.
    fileprivate func isPublished(as request: CreateStateMachineRequest) -> Bool {
        let first = versions.first { $0.isOfCreation }
        return request.publish == (first != nil)
            && (first?.description ?? "").utf8.elementsEqual(
                (request.versionDescription ?? "").utf8
            )
    }
}

extension StateMachineSettings {
    /// Whether CreateStateMachine would be asked the same: role and date are not compared.
    fileprivate func isSame(as other: StateMachineSettings) -> Bool {
        definition == other.definition
            && loggingConfiguration.isEquivalent(to: other.loggingConfiguration)
            && tracingEnabled == other.tracingEnabled
            && (encryptionConfiguration ?? .plain) == (other.encryptionConfiguration ?? .plain)
    }
}
