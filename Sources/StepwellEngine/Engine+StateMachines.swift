import StepwellHistory

extension Engine {
    /// Creates a state machine; asked again with the same definition and settings it answers the
    /// same (role and tags are not compared).
    package func createStateMachine(
        _ request: CreateStateMachineRequest
    ) async throws -> CreateStateMachineResponse {
        try NameRules.check(request.name)
        try refuseUnsupported(type: request.type, publish: request.publish)
        try request.loggingConfiguration?.check()
        let compiled = try DefinitionCompiler.compile(request.definition)
        let arn = arn(.stateMachine, request.name)
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.creating(
                request,
                as: arn,
                compiled: compiled,
                in: catalog,
                at: now
            )
        }
        guard let machine = catalog.stateMachine(arn) else {
            throw ServiceError.stateMachineDoesNotExist(arn)
        }
        return CreateStateMachineResponse(stateMachineARN: arn, creationDate: machine.creationDate)
    }

    /// Gives a state machine a new revision; running executions keep theirs.
    package func updateStateMachine(
        _ request: UpdateStateMachineRequest
    ) async throws -> UpdateStateMachineResponse {
        let arn = request.stateMachineARN
        _ = try ResourceARN(arn, expecting: .stateMachine, atLeast: 1)
        try refuseUnsupported(type: .standard, publish: request.publish)
        guard request.changesSomething else {
            throw ServiceError(
                code: "MissingRequiredParameter",
                message: "Either the definition, the role ARN, the LoggingConfiguration, or the "
                    + "TracingConfiguration must be specified"
            )
        }
        try request.loggingConfiguration?.check()
        let compiled = try request.definition.map { text throws(ServiceError) in
            try DefinitionCompiler.compile(text)
        }
        let revisionID = RandomName.uuid(entropy)
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            guard let machine = catalog.stateMachine(arn) else {
                throw .stateMachineDoesNotExist(arn)
            }
            let settings = machine.current.updated(by: request, revisionID: revisionID, date: now)
            return CatalogChange(
                record: .stateMachineUpdated(
                    arn: arn,
                    settings: settings,
                    definition: request.definition
                ),
                compiled: compiled
            )
        }
        guard let machine = catalog.stateMachine(arn) else {
            throw ServiceError.stateMachineDoesNotExist(arn)
        }
        return UpdateStateMachineResponse(
            updateDate: machine.current.date,
            revisionID: machine.current.revisionID
        )
    }

    /// The current revision of a state machine.
    package func describeStateMachine(arn: String) async throws -> DescribeStateMachineResponse {
        _ = try ResourceARN(arn, expecting: .stateMachine, atLeast: 1)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachine(arn),
                let response = machine.description(under: machine.current, in: catalog)
            else { throw .stateMachineDoesNotExist(arn) }
            return response
        }
    }

    /// The revision that an execution follows.
    package func describeStateMachineForExecution(
        executionARN: String
    ) async throws -> DescribeStateMachineResponse {
        let head = try head(ofExecution: executionARN)
        let start = try HistoryReader(store: store).start(of: head)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachineEvenDeleted(start.stateMachineARN),
                let settings = machine.revision(following: start.definition),
                let response = machine.description(under: settings, in: catalog)
            else { throw .stateMachineDoesNotExist(start.stateMachineARN) }
            return response
        }
    }

    /// The state machines in order of their names; `maxResults` 0 stands for 100.
    package func listStateMachines(
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<StateMachineListItem> {
        let request = try PageRequest(
            maxResults: maxResults,
            token: nextToken,
            longestToken: 1_024
        )
        return try await readCatalog { catalog throws(ServiceError) in
            try request.page(of: catalog.stateMachinesByName(), named: \.name) { machine in
                StateMachineListItem(
                    stateMachineARN: machine.arn,
                    name: machine.name,
                    type: machine.type,
                    creationDate: machine.creationDate
                )
            }
        }
    }

    /// Deletes a state machine; deleting one that is not there is no error.
    ///
    /// Its running executions go on to their end.
    package func deleteStateMachine(arn: String) async throws {
        _ = try ResourceARN(arn, expecting: .stateMachine, atLeast: 1)
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            guard catalog.stateMachine(arn) != nil else { return nil }
            return CatalogChange(record: .stateMachineDeleted(arn: arn, date: now))
        }
    }

    /// The ARN of a resource of this engine's account and region.
    package func arn(_ kind: ResourceARN.Kind, _ name: String) -> String {
        "arn:aws:states:\(configuration.region):\(configuration.account):\(kind.rawValue):\(name)"
    }

    private func refuseUnsupported(
        type: StateMachineType,
        publish: Bool
    ) throws(ServiceError) {
        if type == .express {
            throw ServiceError(
                code: "StateMachineTypeNotSupported",
                message: "State machines of type EXPRESS are not supported."
            )
        }
        if publish {
            throw .validation("State machine versions (publish) are not supported.")
        }
    }
}

extension StateMachineSettings {
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
}

extension UpdateStateMachineRequest {
    fileprivate var changesSomething: Bool {
        definition != nil || roleARN != nil || loggingConfiguration != nil
            || tracingEnabled != nil || encryptionConfiguration != nil
    }
}

extension LoggingConfiguration {
    /// Throws what AWS throws for a configuration that cannot be.
    fileprivate func check() throws(ServiceError) {
        guard destinations.count <= 1, level == .off || destinations.count == 1 else {
            throw ServiceError(
                code: "InvalidLoggingConfiguration",
                message: "Invalid Logging Configuration: Must specify exactly one Log Destination."
            )
        }
    }
}

extension StateMachineEntry {
    fileprivate func description(
        under settings: StateMachineSettings,
        in catalog: Catalog
    ) -> DescribeStateMachineResponse? {
        guard let definition = catalog.definition(settings.definition) else { return nil }
        return DescribeStateMachineResponse(
            stateMachineARN: arn,
            name: name,
            status: .active,
            definition: definition.text,
            roleARN: settings.roleARN,
            type: type,
            creationDate: creationDate,
            updateDate: settings.date,
            loggingConfiguration: settings.loggingConfiguration,
            tracingEnabled: settings.tracingEnabled,
            encryptionConfiguration: settings.encryptionConfiguration,
            revisionID: settings.revisionID
        )
    }
}
