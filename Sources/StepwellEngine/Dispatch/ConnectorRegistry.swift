import Synchronization

/// The connectors an engine has, asked in the order in which they were registered.
package final class ConnectorRegistry: Sendable {
    private let connectors: Mutex<[any TaskConnector]>

    package init(_ connectors: [any TaskConnector] = []) {
        self.connectors = Mutex(connectors)
    }

    /// Adds one behind the others.
    package func register(_ connector: any TaskConnector) {
        connectors.withLock { $0.append(connector) }
    }

    /// The first connector that does a task.
    package func connector(for task: ConnectorTask) -> (any TaskConnector)? {
        connectors.withLock { $0 }.first { $0.serves(task) }
    }
}
