package import StepwellEngine
import StepwellHistory
import Synchronization

/// The HTTP routes and the keys of their callers: what is stored, and compiled in memory what
/// answers requests.
package final class RouteBook: TriggerComponent {
    private let state = Mutex(RouteIndex())
    private let clock: any EngineClock
    private let rates: RouteRates

    /// A book without routes, until it is loaded.
    package init(clock: any EngineClock) {
        self.clock = clock
        rates = RouteRates(clock: clock)
    }

    /// Reads the routes and keys.
    package func load(from store: any TriggerStore) throws(StoreError) {
        let routes = try store.allRows(of: .route).compactMap { Route(row: $0.value) }
        let keys = try store.allRows(of: .apiKey).compactMap { RouteKey(row: $0.value) }
        let loaded = RouteIndex(routes: routes, keys: keys)
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

    /// What a decision does to routes and keys.
    typealias Change<Value> = (
        inout RouteDraft<Route>, inout RouteDraft<RouteKey>
    ) throws(ServiceError) -> Value

    /// Changes routes and keys on the ledger's thread.
    ///
    /// - Throws: What `change` throws; `ValidationException` when a route cannot be, or when two
    ///   routes would take the same requests. Nothing is changed then.
    func decide<Value>(
        _ change: Change<Value>
    ) throws(ServiceError) -> Value {
        let (value, edit) = try draft(change)
        let problem = state.withLock { index in
            do throws(RouteProblem) {
                try index.take(edit)
                return nil as RouteProblem?
            } catch {
                return error
            }
        }
        if let problem { throw .notValid(problem.description) }
        return value
    }

    /// What a change gives, and what it changes.
    ///
    /// No copy of the index is held when this returns: it is changed where it lies.
    private func draft<Value>(
        _ change: Change<Value>
    ) throws(ServiceError) -> (Value, RouteEdit) {
        let index = state.withLock { $0 }
        var (routes, keys) = (RouteDraft(index.routes), RouteDraft(index.keys))
        let value = try change(&routes, &keys)
        do throws(RouteProblem) {
            return (value, try RouteEdit(routes.changes, keys.changes, of: index))
        } catch {
            throw .notValid(error.description)
        }
    }

    /// How many routes were compiled so far.
    var compilations: Int { state.withLock { $0.compilations } }
}
