import StepwellEngine

extension WorkflowEngine {
    /// Publishes the definition of a state machine that is in force as a version, which never
    /// changes; asked again, it answers the same.
    ///
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`, `ServiceQuotaExceededException`.
    @discardableResult
    public func publishVersion(
        of stateMachine: String,
        description: String? = nil
    ) async throws -> VersionSummary {
        let request = PublishStateMachineVersionRequest(
            stateMachineARN: stateMachineARN(stateMachine),
            description: description
        )
        return VersionSummary(try await engine.publishStateMachineVersion(request))
    }

    /// The versions of a state machine, newest first; none when there is no such state machine.
    ///
    /// An execution of one is started by ``start(_:name:input:testCase:)`` with the version's ARN.
    public func versions(of stateMachine: String) -> Listing<VersionSummary> {
        let arn = stateMachineARN(stateMachine)
        return Listing({ VersionSummary($0) }) { [engine] token in
            try await engine.listStateMachineVersions(
                stateMachineARN: arn,
                maxResults: 1_000,
                nextToken: token
            )
        }
    }

    /// Deletes a version by its ARN; its running executions go on.
    ///
    /// Deleting one that is not there is no error.
    ///
    /// - Throws: ``StepwellError`` `ConflictException` while an alias leads to it.
    public func deleteVersion(arn: String) async throws {
        try await engine.deleteStateMachineVersion(arn: arn)
    }

    // MARK: Aliases

    /// Creates an alias, or leads one that is there to other versions.
    ///
    /// - Parameters:
    ///   - name: 1 to 80 characters.
    ///   - routes: One version or two of one state machine, with weights that sum up to 100.
    ///   - description: For people; nil leaves that of an alias which is there.
    /// - Returns: The alias's ARN, to start executions with.
    /// - Throws: ``StepwellError`` `ValidationException`, `ResourceNotFound`,
    ///   `ServiceQuotaExceededException`.
    @discardableResult
    public func setAlias(
        _ name: String,
        to routes: [AliasRoute],
        description: String? = nil
    ) async throws -> String {
        let items = routes.map {
            RoutingConfigurationItem(stateMachineVersionARN: $0.versionARN, weight: $0.weight)
        }
        let request = CreateStateMachineAliasRequest(
            name: name,
            description: description,
            routingConfiguration: items
        )
        do {
            return try await engine.createStateMachineAlias(request).stateMachineAliasARN
        } catch let error as StepwellError where error.code == .conflict {
            guard let version = routes.first?.versionARN else { throw error }
            let arn = try StateMachineARN(version).unqualified + ":" + name
            let update = UpdateStateMachineAliasRequest(
                stateMachineAliasARN: arn,
                description: description,
                routingConfiguration: items
            )
            _ = try await engine.updateStateMachineAlias(update)
            return arn
        }
    }

    /// What is known of an alias.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFound`.
    public func describeAlias(
        _ name: String,
        of stateMachine: String
    ) async throws -> AliasDescription {
        let arn = stateMachineARN(stateMachine) + ":" + name
        return AliasDescription(try await engine.describeStateMachineAlias(arn: arn))
    }

    /// The aliases of a state machine, in order of their names.
    public func aliases(of stateMachine: String) -> Listing<AliasDescription> {
        let arn = stateMachineARN(stateMachine)
        return Listing(
            of: StateMachineAliasListItem.self,
            { [engine] item in
                let arn = item.stateMachineAliasARN
                return AliasDescription(try await engine.describeStateMachineAlias(arn: arn))
            },
            pages: { [engine] token in
                try await engine.listStateMachineAliases(
                    stateMachineARN: arn,
                    maxResults: 1_000,
                    nextToken: token
                )
            }
        )
    }

    /// Deletes an alias; deleting one that is not there is no error.
    public func deleteAlias(_ name: String, of stateMachine: String) async throws {
        try await engine.deleteStateMachineAlias(arn: stateMachineARN(stateMachine) + ":" + name)
    }
}
