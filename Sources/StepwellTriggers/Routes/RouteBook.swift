import Crypto
package import StepwellEngine
import StepwellHistory
import Synchronization

/// The HTTP routes and the keys of their callers: what is stored, and compiled in memory what
/// answers requests.
package final class RouteBook: TriggerComponent {
    /// What answers requests.
    private struct State: Sendable {
        var routes: [String: Route] = [:]
        var keys: [String: RouteKey] = [:]
        var table = RouteTable<CompiledRoute>()
        /// Names of keys by their digest.
        var names: [String: String] = [:]
    }

    private let state = Mutex(State())
    private let clock: any EngineClock
    private let rates: RouteRates

    /// A book without routes, until it is loaded.
    package init(clock: any EngineClock) {
        self.clock = clock
        rates = RouteRates(clock: clock)
    }

    /// Reads the routes and keys.
    package func load(from store: any TriggerStore) throws(StoreError) {
        var loaded = State()
        for row in try store.allRows(of: .route) {
            guard let route = Route(row: row.value) else { continue }
            loaded.routes[route.name] = route
        }
        for row in try store.allRows(of: .apiKey) {
            guard let key = RouteKey(row: row.value) else { continue }
            loaded.keys[key.name] = key
        }
        // What is stored was checked when it was stored.
        Self.compile(&loaded)
        state.withLock { $0 = loaded }
    }

    /// Nothing is to be done: decisions have changed what is in memory.
    package func committed(_ kinds: Set<TriggerKind>) {}

    // MARK: Asked by requests

    /// The route of a request, with its parameters.
    package func match(
        _ method: String,
        path: String
    ) -> (route: CompiledRoute, parameters: [(name: String, value: String)])? {
        let match = state.withLock { $0.table }.match(method, path: path)
        return match.map { ($0.route, $0.parameters) }
    }

    /// Whether a route has this path, of any method.
    package func hasPath(_ path: String) -> Bool { state.withLock { $0.table }.hasPath(path) }

    /// The name of a key; nil when there is no such key.
    package func name(ofKey key: String) -> String? {
        let digest = RouteKey.digest(of: key)
        return state.withLock { $0.names[digest] }
    }

    /// Whether a request may come now, by the rates of its route and of its caller's key.
    package func admit(_ route: CompiledRoute, key: String?) -> Bool {
        if let key, let rate = state.withLock({ $0.keys[key]?.rate }),
            !rates.admit("key \(key)", rate)
        {
            return false
        }
        return route.definition.rate.map { rates.admit("route \(route.name)", $0) } ?? true
    }

    // MARK: Told to whoever asks

    /// The routes, by name.
    package var routes: [Route] {
        state.withLock { $0.routes.values.sorted { $0.name < $1.name } }
    }

    /// The keys, by name.
    package var keys: [RouteKey] {
        state.withLock { $0.keys.values.sorted { $0.name < $1.name } }
    }

    /// A route; nil when there is none of the name.
    package func route(_ name: String) -> Route? { state.withLock { $0.routes[name] } }

    // MARK: Changed by decisions

    /// Changes routes and keys on the ledger's thread.
    ///
    /// - Throws: What `change` throws; `ValidationException` when two routes would take the same
    ///   requests. Nothing is changed then.
    func decide<Value>(
        _ change: (inout [String: Route], inout [String: RouteKey]) throws(ServiceError) -> Value
    ) throws(ServiceError) -> Value {
        var next = state.withLock { $0 }
        let value = try change(&next.routes, &next.keys)
        if let problem = Self.compile(&next) { throw .notValid(problem.description) }
        state.withLock { $0 = next }
        return value
    }

    /// Makes what answers requests; the first problem, if there is one.
    @discardableResult
    private static func compile(_ state: inout State) -> RouteProblem? {
        state.table = RouteTable()
        var problem: RouteProblem?
        for route in state.routes.values.sorted(by: { $0.name < $1.name })
        where route.definition.isEnabled {
            do throws(RouteProblem) {
                let compiled = try CompiledRoute(route.name, route.definition)
                if let other = state.table.insert(compiled, at: compiled.pattern) {
                    throw RouteProblem(
                        "'\(route.definition.route)' takes the same requests as '\(other)'."
                    )
                }
            } catch {
                problem = problem ?? RouteProblem("The route \(route.name): \(error.description)")
            }
        }
        state.names = [:]
        for key in state.keys.values { state.names[key.digest] = key.name }
        return problem
    }
}
