/// The routes and keys, and what finds those of a request: changed by what differs, never made
/// anew.
struct RouteIndex: Sendable {
    private(set) var routes: [String: Route] = [:]
    private(set) var keys: [String: RouteKey] = [:]
    private(set) var table = RouteTable<CompiledRoute>()
    /// Names of keys by their digest.
    private(set) var names: [String: String] = [:]
    /// How many routes were compiled: the work of changes, which tests count.
    private(set) var compilations = 0

    /// No routes.
    init() {}

    /// What is stored, which was checked when it was stored.
    init(routes: [Route], keys: [RouteKey]) {
        for key in keys {
            self.keys[key.name] = key
            names[key.digest] = key.name
        }
        for route in routes {
            self.routes[route.name] = route
            guard route.definition.isEnabled,
                let compiled = try? CompiledRoute(route.name, route.definition)
            else { continue }
            compilations += 1
            _ = table.insert(compiled, at: compiled.pattern)
        }
    }

    /// Takes over what differs.
    ///
    /// - Throws: `RouteProblem` when two routes would take the same requests; nothing is changed
    ///   then.
    mutating func take(_ edit: RouteEdit) throws(RouteProblem) {
        try replace(edit.answers)
        compilations += edit.answers.count { $0.route != nil }
        for (name, route) in edit.routes { routes[name] = route }
        for name in edit.keys.keys {
            if let former = keys[name], names[former.digest] == name { names[former.digest] = nil }
        }
        for (name, key) in edit.keys {
            keys[name] = key
            if let key { names[key.digest] = name }
        }
    }

    private mutating func replace(
        _ answers: [(name: String, route: CompiledRoute?)]
    ) throws(RouteProblem) {
        let removed = answers.compactMap { remove($0.name) }
        var inserted: [CompiledRoute] = []
        for case (let name, let route?) in answers {
            guard let other = table.insert(route, at: route.pattern) else {
                inserted.append(route)
                continue
            }
            for route in inserted { _ = table.remove(at: route.pattern) }
            for route in removed { _ = table.insert(route, at: route.pattern) }
            throw RouteProblem(
                "The route \(name): '\(route.definition.route)' takes the same requests as "
                    + "'\(other)'."
            )
        }
    }

    /// Takes what a route answers by out of the table.
    private mutating func remove(_ name: String) -> CompiledRoute? {
        guard let route = routes[name], let pattern = try? RoutePattern(route.definition.route)
        else { return nil }
        return table.remove(at: pattern) { $0.name == name }
    }
}
