import StepwellEngine

/// Finds the route of a request: the most particular one of those whose pattern it fits.
///
/// At every part of the path what is written out goes before a parameter, and that before a rest;
/// of one path, a route's own method goes before `ANY`. A path that leads nowhere is tried again
/// from the last parameter on, each node of the tree once at most.
struct RouteTable<Route: Sendable>: Sendable {
    /// A route that was found, and what its parameters are.
    struct Match {
        let route: Route
        let parameters: [(name: String, value: String)]
    }

    private struct Entry: Sendable {
        let pattern: RoutePattern
        let route: Route
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        /// By method.
        var ends: [String: Entry] = [:]
        var rests: [String: Entry] = [:]

        /// Whether it leads nowhere.
        var isEmpty: Bool {
            literals.isEmpty && parameter == nil && ends.isEmpty && rests.isEmpty
        }
    }

    private var nodes = [Node()]
    /// Places of nodes that are empty, and that no other node leads to.
    private var free: [Int] = []
    /// How many nodes there are, the root among them.
    var size: Int { nodes.count - free.count }

    /// Adds a route; gives the pattern of one that takes the same requests, if there is one, and
    /// adds nothing then.
    mutating func insert(_ route: Route, at pattern: RoutePattern) -> RoutePattern? {
        var node = 0
        for part in pattern.parts {
            switch part {
            case .literal(let text): node = child(of: node, \.literals[text])
            case .parameter: node = child(of: node, \.parameter)
            case .greedy:
                if let other = nodes[node].rests[pattern.method] { return other.pattern }
                nodes[node].rests[pattern.method] = Entry(pattern: pattern, route: route)
                return nil
            }
        }
        if let other = nodes[node].ends[pattern.method] { return other.pattern }
        nodes[node].ends[pattern.method] = Entry(pattern: pattern, route: route)
        return nil
    }

    /// The node behind another, made when there is none.
    private mutating func child(of node: Int, _ place: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[node][keyPath: place] { return known }
        let child = free.popLast() ?? nodes.count
        if child == nodes.count { nodes.append(Node()) }
        nodes[node][keyPath: place] = child
        return child
    }

    /// Takes the route at a pattern away, if there is one that is the one meant, and the nodes
    /// that led to it alone; gives it.
    mutating func remove(
        at pattern: RoutePattern,
        where isMeant: (Route) -> Bool = { _ in true }
    ) -> Route? {
        var path: [(node: Int, place: WritableKeyPath<Node, Int?>)] = []
        var node = 0
        var end: WritableKeyPath<Node, Entry?> = \.ends[pattern.method]
        for part in pattern.parts {
            let place: WritableKeyPath<Node, Int?>
            switch part {
            case .literal(let text): place = \.literals[text]
            case .parameter: place = \.parameter
            case .greedy:
                end = \.rests[pattern.method]
                continue
            }
            guard let next = nodes[node][keyPath: place] else { return nil }
            path.append((node, place))
            node = next
        }
        guard let entry = nodes[node][keyPath: end], isMeant(entry.route) else { return nil }
        nodes[node][keyPath: end] = nil
        for (parent, place) in path.reversed() where nodes[node].isEmpty {
            nodes[parent][keyPath: place] = nil
            free.append(node)
            node = parent
        }
        return entry.route
    }

    /// The route of a request, by its method and the path as it was sent.
    func match(_ method: String, path: String) -> Match? {
        guard let parts = Self.parts(of: path),
            let entry = find(parts[...], at: 0, { $0[method] ?? $0["ANY"] })
        else { return nil }
        return Match(route: entry.route, parameters: Self.parameters(of: entry.pattern, parts))
    }

    /// A route of the path that is of any method: the request's method is not allowed, then.
    func hasPath(_ path: String) -> Bool {
        guard let parts = Self.parts(of: path) else { return false }
        return find(parts[...], at: 0) { $0.first?.value } != nil
    }

    private func find(
        _ parts: ArraySlice<String>,
        at index: Int,
        _ choose: ([String: Entry]) -> Entry?
    ) -> Entry? {
        let node = nodes[index]
        guard let part = parts.first else { return choose(node.ends) }
        let rest = parts.dropFirst()
        if let next = node.literals[part], let found = find(rest, at: next, choose) {
            return found
        }
        if let next = node.parameter, !part.isEmpty, let found = find(rest, at: next, choose) {
            return found
        }
        return choose(node.rests)
    }

    /// The parts of a path, decoded; nil when it is none.
    private static func parts(of path: String) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.count <= 8_192 else { return nil }
        return path.utf8.dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { PercentEncoding.decode($0) }
    }

    private static func parameters(
        of pattern: RoutePattern,
        _ parts: [String]
    ) -> [(name: String, value: String)] {
        pattern.parts.enumerated().compactMap { index, part in
            switch part {
            case .literal: nil
            case .parameter(let name): (name, parts[index])
            case .greedy(let name): (name, parts[index...].joined(separator: "/"))
            }
        }
    }
}
