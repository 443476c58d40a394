extension Engine {
    /// Publishes the revision in force as a version; asked again it answers the same.
    package func publishStateMachineVersion(
        _ request: PublishStateMachineVersionRequest
    ) async throws -> StateMachineVersionListItem {
        let arn = request.stateMachineARN
        _ = try StateMachineARN(arn)
        try await refuseDeleting(arn)
        let limit = configuration.limits.versionsPerStateMachine
        let catalog = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.publishing(
                arn,
                revisionID: request.revisionID,
                description: request.description,
                limit: limit,
                in: catalog,
                at: now
            )
        }
        guard let machine = catalog.stateMachine(arn), let version = machine.currentVersion else {
            throw ServiceError.stateMachineDoesNotExist(arn)
        }
        return StateMachineVersionListItem(version, of: machine)
    }

    /// The versions of a state machine, newest first; none when there is no such state machine.
    package func listStateMachineVersions(
        stateMachineARN arn: String,
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<StateMachineVersionListItem> {
        guard try StateMachineARN(arn).qualifier == nil else {
            throw ServiceError.invalidARN("Not the ARN of a state machine: \(arn)")
        }
        let request = try PageRequest(byARN: maxResults, token: nextToken)
        let below = try request.placeARN("\(arn):").map { place throws(ServiceError) in
            guard case .version(let number)? = try StateMachineARN(place).qualifier else {
                throw .invalidToken
            }
            return number
        }
        return try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachine(arn) else {
                return Page(items: [], nextToken: nil)
            }
            let rest = machine.versions.reversed().drop { $0.number >= below ?? .max }
            return request.page(
                of: Array(rest.prefix(request.limit + 1)),
                arn: { machine.versionARN($0.number) },
                { StateMachineVersionListItem($0, of: machine) }
            )
        }
    }

    /// Deletes a version; deleting one that is not there is no error.
    ///
    /// Its running executions go on to their end.
    package func deleteStateMachineVersion(arn: String) async throws {
        let parsed = try StateMachineARN(arn)
        guard case .version(let number) = parsed.qualifier else {
            throw ServiceError.invalidARN("Not the ARN of a state machine version: \(arn)")
        }
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.deletingVersion(
                number,
                of: parsed.unqualified,
                in: catalog,
                at: now
            )
        }
    }
}

extension StateMachineVersionListItem {
    fileprivate init(_ version: StateMachineVersion, of machine: StateMachineEntry) {
        self.init(
            stateMachineVersionARN: machine.versionARN(version.number),
            creationDate: version.date
        )
    }
}
