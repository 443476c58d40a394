import StepwellLanguage

extension StateMachineEntry {
    /// What DescribeStateMachine answers; nil when there is no such version (an alias is never
    /// described: AWS's operation knows state machines and versions).
    func description(
        of qualifier: StateMachineARN.Qualifier?,
        in catalog: Catalog
    ) throws(ServiceError) -> DescribeStateMachineResponse? {
        switch qualifier {
        case nil: return try description(under: current, in: catalog)
        case .alias: return nil
        case .version(let number):
            guard let version = version(number),
                var response = try description(under: version.settings, in: catalog)
            else { return nil }
            response.stateMachineARN = versionARN(number)
            response.creationDate = version.date
            response.versionDescription = version.description
            return response
        }
    }

    /// The state machine under one of its revisions.
    func description(
        under settings: StateMachineSettings,
        in catalog: Catalog
    ) throws(ServiceError) -> DescribeStateMachineResponse? {
        guard let definition = catalog.definition(settings.definition) else { return nil }
        let text: String
        do throws(StoreError) {
            text = try definition.text()
        } catch {
            throw .storeUnavailable(error)
        }
        return DescribeStateMachineResponse(
            stateMachineARN: arn,
            name: name,
            status: .active,
            definition: text,
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

extension DescribeStateMachineResponse {
    /// The response with its status, and the variables that the definition's states read.
    func completed(status: StateMachineStatus) -> DescribeStateMachineResponse {
        var response = self
        response.status = status
        response.variableReferences = DefinitionDecoder().decode(definition).variableReferences
        return response
    }
}
