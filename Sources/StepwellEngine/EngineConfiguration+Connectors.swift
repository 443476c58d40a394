extension EngineConfiguration {
    /// Who does tasks behind the handlers of the process, in the order in which they are asked.
    func connectors(of engine: EngineReference) -> [any TaskConnector] {
        var connectors: [any TaskConnector] = []
        if let mocks { connectors.append(MockConnector(source: mocks, engine: engine)) }
        connectors.append(NestedExecutionConnector(engine: engine))
        if let sdkActions {
            connectors.append(SDKActionConnector(actions: sdkActions, engine: engine))
        }
        return connectors + integrations
    }

    /// The connectors that an engine would have, to be asked what they serve without one.
    package var registry: ConnectorRegistry {
        ConnectorRegistry(connectors(of: EngineReference()))
    }
}
