import Logging
import StepwellLanguage

extension Engine {
    /// What stands in the way of a definition's tasks, by their resources; nothing when all of them
    /// can be done.
    package func hindrances(in definition: String) async throws -> [String: String] {
        let resources = try await judging.read(.page) {
            DefinitionDecoder().decode(definition).resources
        }
        var hindrances = await registry.hindrances(of: resources)
        for resource in resources where hindrances[resource] == nil {
            hindrances[resource] = dataHindrance(of: resource)
        }
        return hindrances
    }

    /// Says that nothing reads items, or writes results, where that is so.
    private func dataHindrance(of resource: String) -> String? {
        switch MapRunResource(resource) {
        case .reader where configuration.itemSource == nil:
            "\(resource): nothing here reads objects; give the engine a source of items"
        case .writer where configuration.resultTarget == nil:
            "\(resource): nothing here writes objects; give the engine a target of results"
        case .reader, .writer, nil: nil
        }
    }

    /// Says at once which tasks of a new definition nothing would do.
    ///
    /// Where there are mocked responses, which is known when an execution is started, nothing is
    /// said.
    func warn(of definition: String, of machine: String) async {
        guard configuration.mocks == nil else { return }
        // In the order of their names, whatever the definition's: a log is read by people.
        let hindrances = try? await hindrances(in: definition)
        for (resource, hindrance) in (hindrances ?? [:]).sorted(by: { $0.key < $1.key }) {
            configuration.logger.warning(
                "\(hindrance)",
                metadata: ["stateMachine": "\(machine)", "resource": "\(resource)"]
            )
        }
    }
}

extension ConnectorRegistry {
    /// What stands in the way of resources, of those of them where something does.
    package func hindrances(of resources: [String]) async -> [String: String] {
        var hindrances: [String: String] = [:]
        for resource in resources { hindrances[resource] = await hindrance(of: resource) }
        return hindrances
    }
}
