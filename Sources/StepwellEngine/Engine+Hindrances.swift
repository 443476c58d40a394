import Logging
import StepwellLanguage

extension Engine {
    /// What stands in the way of a definition's tasks, by their resources; nothing when all of them
    /// can be done.
    package func hindrances(in definition: String) async -> [String: String] {
        await registry.hindrances(of: DefinitionDecoder().decode(definition).resources)
    }

    /// Says at once which tasks of a new definition nothing would do.
    ///
    /// Where there are mocked responses, which is known when an execution is started, nothing is
    /// said.
    func warn(of definition: String, of machine: String) async {
        guard configuration.mocks == nil else { return }
        // In the order of their names, whatever the definition's: a log is read by people.
        let hindrances = await hindrances(in: definition).sorted { $0.key < $1.key }
        for (resource, hindrance) in hindrances {
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
