package import StepwellHistory

extension Engine {
    /// Creates an alias; asked again with the same name, description and routing it answers the
    /// same.
    package func createStateMachineAlias(
        _ request: CreateStateMachineAliasRequest
    ) async throws -> StateMachineAliasListItem {
        let routing = try AliasRouting(request.routingConfiguration)
        let arn = routing.stateMachineARN
        try await refuseDeleting(arn)
        let limit = configuration.limits.aliasesPerStateMachine
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.creatingAlias(
                request,
                routing,
                limit: limit,
                in: catalog,
                at: now
            )
        }
        guard let machine = catalog.stateMachine(arn), let alias = machine.alias(request.name)
        else { throw ServiceError.referenceNotFound }
        return StateMachineAliasListItem(alias, of: machine)
    }

    /// Gives an alias another description or routing; answers when it was last changed.
    package func updateStateMachineAlias(
        _ request: UpdateStateMachineAliasRequest
    ) async throws -> Timestamp {
        let (arn, name) = try aliasParts(request.stateMachineAliasARN)
        let routing = try request.routingConfiguration.map { items throws(ServiceError) in
            try AliasRouting(items)
        }
        guard request.description != nil || routing != nil else {
            throw ServiceError.validation(
                "Either the description or the routingConfiguration must be specified",
                reason: "MISSING_REQUIRED_PARAMETER"
            )
        }
        if let routing, !routing.stateMachineARN.utf8.elementsEqual(arn.utf8) {
            throw ServiceError.validation(
                "Routing configuration must contain versions of the alias's own state machine. "
                    + "Received: [\(routing.stateMachineARN)]",
                reason: "INVALID_ROUTING_CONFIGURATION"
            )
        }
        try await refuseDeleting(arn)
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.updatingAlias(
                name,
                of: arn,
                description: request.description,
                routing,
                in: catalog,
                at: now
            )
        }
        guard let alias = catalog.stateMachine(arn)?.alias(name) else {
            throw ServiceError.referenceNotFound
        }
        return alias.updateDate
    }

    /// What is known of an alias.
    package func describeStateMachineAlias(
        arn: String
    ) async throws -> DescribeStateMachineAliasResponse {
        let (machineARN, name) = try aliasParts(arn)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachine(machineARN), let alias = machine.alias(name)
            else { throw .referenceNotFound }
            return DescribeStateMachineAliasResponse(
                stateMachineAliasARN: machine.aliasARN(alias.name),
                name: alias.name,
                description: alias.description,
                routingConfiguration: alias.routes.map { route in
                    RoutingConfigurationItem(
                        stateMachineVersionARN: machine.versionARN(route.version),
                        weight: route.weight
                    )
                },
                creationDate: alias.creationDate,
                updateDate: alias.updateDate
            )
        }
    }

    /// The aliases of a state machine, or those that lead to the version that the ARN is of, in
    /// order of their names (so AWS's recorded answers are, whatever its documentation says).
    package func listStateMachineAliases(
        stateMachineARN: String,
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<StateMachineAliasListItem> {
        let arn = try StateMachineARN(stateMachineARN)
        let request = try PageRequest(byARN: maxResults, token: nextToken)
        let place = try request.placeARN("\(arn.unqualified):").map { Array($0.utf8) }
        try await refuseDeleting(arn.unqualified)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachine(arn.unqualified) else {
                throw .stateMachineDoesNotExist(stateMachineARN)
            }
            var aliases = machine.aliases
            switch arn.qualifier {
            case nil: break
            case .version(let number):
                guard machine.version(number) != nil else { throw .referenceNotFound }
                aliases = machine.aliases(of: number)
            case .alias:
                throw .invalidARN("Not the ARN of a state machine or version: \(stateMachineARN)")
            }
            let rest = aliases.drop { alias in
                guard let place else { return false }
                return !place.lexicographicallyPrecedes(machine.aliasARN(alias.name).utf8)
            }
            return request.page(of: Array(rest), arn: { machine.aliasARN($0.name) }) { alias in
                StateMachineAliasListItem(alias, of: machine)
            }
        }
    }

    /// Deletes an alias; deleting one that is not there is no error.
    package func deleteStateMachineAlias(arn: String) async throws {
        let (machineARN, name) = try aliasParts(arn)
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            CatalogChange.deletingAlias(name, of: machineARN, in: catalog, at: now)
        }
    }

    private func aliasParts(_ text: String) throws(ServiceError) -> (machine: String, name: String)
    {
        let arn = try StateMachineARN(text)
        guard case .alias(let name) = arn.qualifier else {
            throw .invalidARN("Not the ARN of a state machine alias: \(text)")
        }
        return (arn.unqualified, name)
    }
}

extension StateMachineAliasListItem {
    fileprivate init(_ alias: StateMachineAlias, of machine: StateMachineEntry) {
        self.init(
            stateMachineAliasARN: machine.aliasARN(alias.name),
            creationDate: alias.creationDate
        )
    }
}
