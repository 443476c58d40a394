/// First step: edges that would close a cycle run back, against the direction of the drawing.
extension LayeredGraph {
    private enum Mark {
        case new, open, done
    }

    /// Finds, by depth first search from the roots, the edges that lead to a node still open.
    mutating func findLoops() {
        var leaving = [[Int]](repeating: [], count: nodes.count)
        for (place, edge) in edges.enumerated() { leaving[edge.from].append(place) }
        var marks = [Mark](repeating: .new, count: nodes.count)
        var path: [(node: Int, next: Int)] = []
        for root in roots + Array(nodes.indices) where marks[root] == .new {
            marks[root] = .open
            path.append((root, 0))
            while let (node, next) = path.last {
                work += 1
                guard next < leaving[node].count else {
                    marks[node] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = leaving[node][next]
                let target = edges[edge].to
                switch marks[target] {
                case .open: edges[edge].isBack = true
                case .done: continue
                case .new:
                    marks[target] = .open
                    path.append((target, 0))
                }
            }
        }
    }
}
