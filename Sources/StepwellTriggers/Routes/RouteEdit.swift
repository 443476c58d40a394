/// What a decision changes of routes and keys, compiled.
struct RouteEdit: Sendable {
    /// By name; nil is gone.
    let routes: [String: Route?]
    let keys: [String: RouteKey?]
    /// The routes that answer otherwise than before, by name; nil answers nothing.
    let answers: [(name: String, route: CompiledRoute?)]

    /// Compiles the routes that differ in what they answer from those of an index.
    ///
    /// - Throws: `RouteProblem` for the first one by name that cannot be.
    init(
        _ routes: [String: Route?],
        _ keys: [String: RouteKey?],
        of index: RouteIndex
    ) throws(RouteProblem) {
        (self.routes, self.keys) = (routes, keys)
        var answers: [(name: String, route: CompiledRoute?)] = []
        for (name, route) in routes.sorted(by: { $0.key < $1.key }) {
            let next = route?.answering
            guard next != index.routes[name]?.answering else { continue }
            answers.append((name, try Self.compiled(name, next)))
        }
        self.answers = answers
        try Self.check(keys, of: index)
    }

    private static func compiled(
        _ name: String,
        _ definition: RouteDefinition?
    ) throws(RouteProblem) -> CompiledRoute? {
        guard let definition else { return nil }
        do {
            return try CompiledRoute(name, definition)
        } catch {
            throw RouteProblem("The route \(name): \(error.description)")
        }
    }

    /// A caller is known by one key: two names of the same key would be told apart by chance.
    private static func check(
        _ keys: [String: RouteKey?],
        of index: RouteIndex
    ) throws(RouteProblem) {
        var names: [String: String] = [:]
        for (name, key) in keys.sorted(by: { $0.key < $1.key }) {
            guard let key else { continue }
            let holder = index.names[key.digest].flatMap { keys[$0] == nil ? $0 : nil }
            if let other = names.updateValue(name, forKey: key.digest) ?? holder {
                throw RouteProblem("The keys \(other) and \(name) are the same.")
            }
        }
    }
}

extension Route {
    /// What it answers by; nil when it is disabled.
    fileprivate var answering: RouteDefinition? { definition.isEnabled ? definition : nil }
}
