/// Second step: each node's layer is one below the last of those that lead to it; an edge with a
/// label has a layer between its ends.
extension LayeredGraph {
    /// Gives the boxes their layers (longest paths from the top).
    mutating func assignLayers() {
        var leaving = [[Int]](repeating: [], count: nodes.count)
        var waiting = [Int](repeating: 0, count: nodes.count)
        for (place, edge) in edges.enumerated() where edge.from != edge.to {
            let (upper, lower) = ends(of: edge)
            leaving[upper].append(place)
            waiting[lower] += 1
        }
        var ready = nodes.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            let node = ready[next]
            next += 1
            for place in leaving[node] {
                work += 1
                let (_, lower) = ends(of: edges[place])
                let length = edges[place].hasLabel ? 2 : 1
                nodes[lower].layer = max(nodes[lower].layer, nodes[node].layer + length)
                waiting[lower] -= 1
                if waiting[lower] == 0 { ready.append(lower) }
            }
        }
    }

    private func ends(of edge: LayeredEdge) -> (upper: Int, lower: Int) {
        edge.isBack ? (edge.to, edge.from) : (edge.from, edge.to)
    }
}
