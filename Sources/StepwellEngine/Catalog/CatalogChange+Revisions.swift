package import StepwellHistory
package import StepwellLanguage

extension CatalogChange {
    /// What updating a state machine changes, and publishing the result when that is asked for;
    /// nil when everything is so already.
    ///
    /// Throws `StateMachineDoesNotExist`, and `ServiceQuotaExceededException` beyond `limit`
    /// versions.
    package static func updating(
        _ request: UpdateStateMachineRequest,
        compiled: StateMachineDefinition?,
        revisionID: String,
        limit: Int,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        let arn = request.stateMachineARN
        guard var machine = catalog.stateMachine(arn) else { throw .stateMachineDoesNotExist(arn) }
        var change = CatalogChange(records: [], compiled: compiled)
        let settings = machine.current.updated(by: request, revisionID: revisionID, date: now)
        if !settings.isSame(as: machine.current) {
            change.records.append(
                .stateMachineUpdated(
                    arn: arn,
                    settings: settings,
                    definition: request.definition
                )
            )
            machine.revise(settings)
        }
        // Another description is another version, of the same revision too (measured by moto).
        if let description = request.versionDescription, let version = machine.currentVersion,
            !(version.description ?? "").utf8.elementsEqual(description.utf8)
        {
            change.records.append(
                try newVersion(of: machine, description: description, limit: limit, at: now)
            )
        } else if request.publish,
            let record = try publication(
                of: machine,
                description: request.versionDescription,
                limit: limit,
                at: now
            )
        {
            change.records.append(record)
        }
        return change.records.isEmpty ? nil : change
    }

    /// What publishing the revision in force changes; nil when it is published already.
    ///
    /// Throws `StateMachineDoesNotExist`; `ConflictException` when `revisionID` is not that of the
    /// revision in force (`INITIAL` is the one that the state machine was created with); and
    /// `ServiceQuotaExceededException` beyond `limit` versions.
    package static func publishing(
        _ arn: String,
        revisionID: String?,
        description: String?,
        limit: Int,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        guard let machine = catalog.stateMachine(arn) else { throw .stateMachineDoesNotExist(arn) }
        let current = machine.current.revisionID ?? "INITIAL"
        if let revisionID, !revisionID.utf8.elementsEqual(current.utf8) {
            throw .conflict(
                "Failed to publish the State Machine version for revision \(revisionID). "
                    + "The current State Machine revision is \(current)."
            )
        }
        return try publication(of: machine, description: description, limit: limit, at: now)
            .map { CatalogChange(record: $0) }
    }

    private static func publication(
        of machine: StateMachineEntry,
        description: String?,
        limit: Int,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogRecord? {
        guard machine.currentVersion == nil else { return nil }
        return try newVersion(of: machine, description: description, limit: limit, at: now)
    }

    private static func newVersion(
        of machine: StateMachineEntry,
        description: String?,
        limit: Int,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogRecord {
        guard machine.versions.count < limit else {
            throw .quotaExceeded(
                "The state machine '\(machine.arn)' has \(limit) versions, as many as it may have."
            )
        }
        let publication = VersionPublication(
            number: machine.lastVersion + 1,
            description: description,
            date: now,
            isOfCreation: false
        )
        return .versionPublished(arn: machine.arn, publication)
    }

    /// What deleting a version changes; nil when it is not there.
    ///
    /// Throws `ConflictException` when an alias leads to it.
    package static func deletingVersion(
        _ number: Int,
        of arn: String,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        guard let machine = catalog.stateMachine(arn), machine.version(number) != nil else {
            return nil
        }
        let aliases = machine.aliases(of: number).map(\.name)
        guard aliases.isEmpty else {
            throw .conflict(
                "Version to be deleted must not be referenced by an alias. Current list of "
                    + "aliases referencing this version: [\(aliases.joined(separator: ", "))]"
            )
        }
        return CatalogChange(record: .versionDeleted(arn: arn, number: number, date: now))
    }
}

extension StateMachineSettings {
    /// These settings with what a request changes of them.
    fileprivate func updated(
        by request: UpdateStateMachineRequest,
        revisionID: String,
        date: Timestamp
    ) -> StateMachineSettings {
        StateMachineSettings(
            definition: request.definition.map(DefinitionCompiler.digest) ?? definition,
            roleARN: request.roleARN ?? roleARN,
            loggingConfiguration: request.loggingConfiguration ?? loggingConfiguration,
            tracingEnabled: request.tracingEnabled ?? tracingEnabled,
            encryptionConfiguration: request.encryptionConfiguration ?? encryptionConfiguration,
            revisionID: revisionID,
            date: date
        )
    }

    /// Whether the settings are the same, whenever they came into force.
    fileprivate func isSame(as other: StateMachineSettings) -> Bool {
        var own = self
        own.revisionID = other.revisionID
        own.date = other.date
        let encryption = (
            encryptionConfiguration ?? .plain, other.encryptionConfiguration ?? .plain
        )
        if encryption.0 == encryption.1 {
            own.encryptionConfiguration = other.encryptionConfiguration
        }
        return own == other
    }
}
