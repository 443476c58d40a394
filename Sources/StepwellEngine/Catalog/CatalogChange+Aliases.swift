package import StepwellHistory

extension CatalogChange {
    /// What creating an alias changes; nil when it is there already and the same.
    ///
    /// Throws `ConflictException` when the name is taken by another, and the errors of
    /// `AliasRouting.routes(of:)` and of `creating`'s quota.
    package static func creatingAlias(
        _ request: CreateStateMachineAliasRequest,
        _ routing: AliasRouting,
        limit: Int,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        let machine = try machine(of: routing, in: catalog)
        if let existing = machine.alias(request.name) {
            guard existing.description == request.description, existing.routes == routing.routes
            else {
                throw .conflict(
                    "Failed to create alias because an alias with the same name and a different "
                        + "routing configuration already exists."
                )
            }
            return nil
        }
        guard machine.aliases.count < limit else {
            throw .quotaExceeded(
                "The state machine '\(machine.arn)' has \(limit) aliases, as many as it may have."
            )
        }
        let alias = StateMachineAlias(
            name: request.name,
            description: request.description,
            routes: routing.routes,
            creationDate: now,
            updateDate: now
        )
        return CatalogChange(record: .aliasCreated(arn: machine.arn, alias))
    }

    /// What updating an alias changes; nil when it is so already.
    ///
    /// Throws `ResourceNotFound` when the alias, or a version it is to lead to, is not there.
    package static func updatingAlias(
        _ name: String,
        of arn: String,
        description: String?,
        _ routing: AliasRouting?,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        guard var alias = catalog.stateMachine(arn)?.alias(name) else { throw .referenceNotFound }
        let before = alias
        alias.description = description ?? alias.description
        if let routing { alias.routes = routing.routes }
        if let routing { _ = try machine(of: routing, in: catalog) }
        guard alias != before else { return nil }
        alias.updateDate = now
        return CatalogChange(record: .aliasUpdated(arn: arn, alias))
    }

    /// What deleting an alias changes; nil when it is not there.
    package static func deletingAlias(
        _ name: String,
        of arn: String,
        in catalog: Catalog,
        at now: Timestamp
    ) -> CatalogChange? {
        guard catalog.stateMachine(arn)?.alias(name) != nil else { return nil }
        return CatalogChange(record: .aliasDeleted(arn: arn, name: name, date: now))
    }

    /// The state machine that a routing is of; it has every version of the routing.
    private static func machine(
        of routing: AliasRouting,
        in catalog: Catalog
    ) throws(ServiceError) -> StateMachineEntry {
        guard let machine = catalog.stateMachine(routing.stateMachineARN),
            routing.routes.allSatisfy({ machine.version($0.version) != nil })
        else { throw .referenceNotFound }
        return machine
    }
}
