import StepwellHistory

extension Engine {
    /// Creates a state machine; asked again with the same definition and settings it answers the
    /// same (role and tags are not compared).
    package func createStateMachine(
        _ request: CreateStateMachineRequest
    ) async throws -> CreateStateMachineResponse {
        try NameRules.check(request.name)
        try request.loggingConfiguration?.check(among: configuration.logGroups)
        try Self.checkDescription(request.versionDescription, publish: request.publish)
        let compiled = try await judging.read(.page) {
            try DefinitionCompiler.compile(request.definition, type: request.type)
        }
        let arn = arn(.stateMachine, request.name)
        var request = request
        request.encryptionConfiguration = try request.encryptionConfiguration?.checked()
        request.tags = try initialTags(request.tags, of: arn)
        try await refuseDeleting(arn)
        let limit = configuration.limits.stateMachines
        let catalog = try await changeCatalog { [request] (catalog, now) throws(ServiceError) in
            let change = try CatalogChange.creating(
                request,
                as: arn,
                compiled: compiled,
                in: catalog,
                at: now
            )
            guard change == nil || catalog.stateMachineCount < limit else {
                throw .stateMachineLimitExceeded(arn)
            }
            return change
        }
        guard let machine = catalog.stateMachine(arn) else {
            throw ServiceError.stateMachineDoesNotExist(arn)
        }
        await warn(of: request.definition, of: arn)
        let version = request.publish ? machine.versions.first { $0.isOfCreation } : nil
        return CreateStateMachineResponse(
            stateMachineARN: arn,
            creationDate: machine.creationDate,
            stateMachineVersionARN: version.map { machine.versionARN($0.number) }
        )
    }

    /// Gives a state machine a new revision, unless it changes nothing, and publishes it when that
    /// is asked for; running executions keep theirs.
    package func updateStateMachine(
        _ request: UpdateStateMachineRequest
    ) async throws -> UpdateStateMachineResponse {
        let arn = request.stateMachineARN
        _ = try StateMachineARN(arn)
        guard request.changesSomething else {
            throw ServiceError(
                code: "MissingRequiredParameter",
                message: "Either the definition, the role ARN, the LoggingConfiguration, or the "
                    + "TracingConfiguration must be specified"
            )
        }
        try request.loggingConfiguration?.check(among: configuration.logGroups)
        try Self.checkDescription(request.versionDescription, publish: request.publish)
        var request = request
        request.encryptionConfiguration = try request.encryptionConfiguration?.checked()
        let unqualified = try StateMachineARN(arn).unqualified
        let type = try await readCatalog { $0.stateMachine(unqualified)?.type ?? .standard }
        let compiled = try await judging.read(.page) { [definition = request.definition] in
            try definition.map { try DefinitionCompiler.compile($0, type: type) }
        }
        try await refuseDeleting(arn)
        let revisionID = RandomName.uuid(entropy)
        let limit = configuration.limits.versionsPerStateMachine
        let catalog = try await changeCatalog { [request] (catalog, now) throws(ServiceError) in
            try CatalogChange.updating(
                request,
                compiled: compiled,
                revisionID: revisionID,
                limit: limit,
                in: catalog,
                at: now
            )
        }
        guard let machine = catalog.stateMachine(arn) else {
            throw ServiceError.stateMachineDoesNotExist(arn)
        }
        let version = request.publish ? machine.currentVersion : nil
        return UpdateStateMachineResponse(
            updateDate: machine.current.date,
            revisionID: machine.current.revisionID,
            stateMachineVersionARN: version.map { machine.versionARN($0.number) }
        )
    }

    /// The current revision of a state machine, or the one that a version stands for.
    ///
    /// A deleted state machine is described, as `DELETING`, while executions of it run.
    package func describeStateMachine(arn text: String) async throws -> DescribeStateMachineResponse
    {
        let arn = try StateMachineARN(text)
        let isDeleting = try await isDeleting(arn.unqualified)
        let catalog = try await readCatalog { $0 }
        return try await judging.read(.page) {
            let machine =
                isDeleting
                ? catalog.stateMachineEvenDeleted(arn.unqualified)
                : catalog.stateMachine(arn.unqualified)
            guard let machine,
                let response = try machine.description(of: arn.qualifier, in: catalog)
            else { throw ServiceError.stateMachineDoesNotExist(text) }
            return response.completed(status: isDeleting ? .deleting : .active)
        }
    }

    /// The revision that an execution follows.
    package func describeStateMachineForExecution(
        executionARN: String,
        scope: ExecutionScope = .standardOrDispatched
    ) async throws -> DescribeStateMachineResponse {
        let (head, start) = try await start(ofExecution: executionARN, in: scope)
        let catalog = try await readCatalog { $0 }
        return try await judging.read(.page) {
            let arn = String(start.stateMachineARN.prefix { $0 != "/" })
            guard let machine = catalog.stateMachine(arn, startedFrom: head.startDate),
                let settings = machine.settings(followedBy: start, startedAt: head.startDate),
                var response = try machine.description(under: settings, in: catalog)
            else { throw ServiceError.stateMachineDoesNotExist(start.stateMachineARN) }
            try response.narrow(to: start)
            return response.completed(status: .active)
        }
    }

    /// The state machines in order of their names; `maxResults` 0 stands for 100.
    package func listStateMachines(
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<StateMachineListItem> {
        let request = try PageRequest(byARN: maxResults, token: nextToken)
        let place = try request.placeARN()
        let found = try await readCatalog {
            $0.stateMachines(after: place, limit: request.limit + 1)
        }
        return request.page(of: found, arn: \.arn) { machine in
            StateMachineListItem(
                stateMachineARN: machine.arn,
                name: machine.name,
                type: machine.type,
                creationDate: machine.creationDate
            )
        }
    }

    /// Deletes a state machine with its versions and aliases; deleting one that is not there is no
    /// error.
    ///
    /// Its running executions end at their next transition, and as long it is `DELETING`.
    package func deleteStateMachine(arn: String) async throws {
        guard try StateMachineARN(arn).qualifier == nil else {
            throw ServiceError.validation(
                "'\(arn)' is the ARN of a version or alias; a state machine is deleted by its own."
            )
        }
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            guard catalog.stateMachine(arn) != nil else { return nil }
            return CatalogChange(record: .stateMachineDeleted(arn: arn, date: now))
        }
    }

    /// Whether a state machine was deleted, and executions of it still run.
    func isDeleting(_ arn: String) async throws -> Bool {
        let isDeleted = try await readCatalog { catalog in
            catalog.stateMachine(arn) == nil && catalog.stateMachineEvenDeleted(arn) != nil
        }
        guard isDeleted else { return false }
        let query = ListingQuery(stateMachineARN: arn, status: .running)
        var page = QueryPage<ExecutionHead>()
        repeat {
            // Others take their turns between the pages.
            page = try await reads.read(.page) { [store, next = page.next] in
                try store.answer { (store) throws(StoreError) in
                    try store.listing(query, after: next, looks: 1_000)
                }
            }
        } while page.rows.isEmpty && page.next != nil
        return !page.rows.isEmpty
    }

    /// Throws `StateMachineDeleting` when a state machine is being deleted.
    func refuseDeleting(_ arn: String) async throws {
        if try await isDeleting(arn) { throw ServiceError.stateMachineDeleting(arn) }
    }

    /// The ARN of a resource of this engine's account and region.
    package func arn(_ kind: ResourceARN.Kind, _ name: String) -> String {
        Partition.arn(
            "states",
            region: configuration.region,
            account: configuration.account,
            "\(kind.rawValue):\(name)"
        )
    }

    /// The ARN of a role of this engine's account.
    package func role(_ name: String) -> String {
        Partition.of(configuration.region)
            .arn("iam", account: configuration.account, "role/\(name)")
    }

    private static func checkDescription(
        _ description: String?,
        publish: Bool
    ) throws(ServiceError) {
        guard publish || description == nil else {
            throw .validation("Version description can only be set when publish is true")
        }
    }
}

extension DescribeStateMachineResponse {
    /// For a child of a distributed Map state: what it runs is the state's item processor.
    fileprivate mutating func narrow(to start: StartInput) throws(ServiceError) {
        guard let membership = start.mapRun else { return }
        guard let found = ItemProcessorText.find(ofMapState: membership.stateName, in: definition)
        else { throw .stateMachineDoesNotExist(start.stateMachineARN) }
        definition = found.text
        label = found.label
        mapRunARN = membership.mapRunARN
        stateMachineARN = start.stateMachineARN
    }
}

extension UpdateStateMachineRequest {
    fileprivate var changesSomething: Bool {
        definition != nil || roleARN != nil || loggingConfiguration != nil
            || tracingEnabled != nil || encryptionConfiguration != nil
    }
}

extension EncryptionConfiguration {
    /// The configuration with its defaults.
    ///
    /// Throws `InvalidEncryptionConfiguration` for one that cannot be.
    func checked() throws(ServiceError) -> EncryptionConfiguration {
        guard type == "CUSTOMER_MANAGED_KMS_KEY" else {
            guard kmsKeyID == nil, kmsDataKeyReusePeriodSeconds == nil else {
                throw Self.invalid(
                    "kmsKeyId and kmsDataKeyReusePeriodSeconds go with "
                        + "CUSTOMER_MANAGED_KMS_KEY only"
                )
            }
            return self
        }
        guard kmsKeyID != nil else {
            throw Self.invalid("CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId")
        }
        var complete = self
        complete.kmsDataKeyReusePeriodSeconds = kmsDataKeyReusePeriodSeconds ?? 300
        return complete
    }

    private static func invalid(_ reason: String) -> ServiceError {
        ServiceError(
            code: "InvalidEncryptionConfiguration",
            message: "Invalid Encryption Configuration: \(reason)"
        )
    }
}
