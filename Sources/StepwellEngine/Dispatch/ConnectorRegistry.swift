package import StepwellInterpreter
import Synchronization

/// The connectors an engine has, asked in the order in which they were registered.
package final class ConnectorRegistry: Sendable {
    private struct State: Sendable {
        var connectors: [any TaskConnector]
        /// Whether one of them has lanes.
        var hasLanes: Bool
        /// Resources that some connector serves whatever the task: connectors are never taken
        /// away.
        var served: Set<ByteKey> = []
    }

    /// How many resources are remembered; definitions hold few.
    private static var rememberedResources: Int { 4_096 }

    private let state: Mutex<State>

    package init(_ connectors: [any TaskConnector] = []) {
        state = Mutex(State(connectors: connectors, hasLanes: connectors.contains { $0.hasLanes }))
    }

    /// Adds one behind the others.
    package func register(_ connector: any TaskConnector) {
        state.withLock { state in
            state.connectors.append(connector)
            if connector.hasLanes { state.hasLanes = true }
        }
    }

    /// Whether some connector does few tasks of a kind at once.
    var hasLanes: Bool { state.withLock { $0.hasLanes } }

    /// The first connector that does a task.
    package func connector(for task: ConnectorTask) -> (any TaskConnector)? {
        let offer = task.offer
        return state.withLock { $0.connectors }.first { $0.serves(offer) }
    }

    /// What stands in the way of tasks of a resource; nil when they can be done.
    package func hindrance(of resource: String) async -> String? {
        if case .activity = TaskResourceName(resource).kind { return nil }
        let connectors = state.withLock { $0.connectors }
        for connector in connectors {
            if let hindrance = await connector.hindrance(of: resource) { return hindrance }
        }
        // What Map Runs read and write is no task.
        if MapRunResource(resource) != nil { return nil }
        if connectors.contains(where: { $0.serves(resource) }) { return nil }
        return "Nothing here serves the resource '\(resource)'"
    }

    /// Forgets which resources are served: connectors may have other settings now.
    package func reconsider() {
        state.withLock { $0.served = [] }
    }

    /// Whether a connector does the work.
    package func serves(_ offer: TaskOffer) -> Bool {
        let key = ByteKey(offer.resource)
        let (connectors, isKnown) = state.withLock { ($0.connectors, $0.served.contains(key)) }
        if isKnown { return true }
        guard connectors.contains(where: { $0.serves(offer.resource) }) else {
            return connectors.contains { $0.serves(offer) }
        }
        state.withLock { state in
            if state.served.count < Self.rememberedResources { state.served.insert(key) }
        }
        return true
    }
}
