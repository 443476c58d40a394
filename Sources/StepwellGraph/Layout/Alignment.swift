/// One of the four ways of Brandes and Köpf (2002) to give nodes their place across: each node is
/// put in line with the median of its neighbours in the layer before, lines that pass layers
/// first, and what is in line is moved to one side as far as it goes.
struct Alignment {
    private let graph: LayeredGraph
    /// Whether neighbours are those of the layer below, and whether the right side is the first.
    private let isUpwards: Bool
    private let isMirrored: Bool
    private let layers: [[Int]]
    /// The places in the mirrored layers.
    private var rank: [Int]
    private var root: [Int]
    /// Pixels from the left side of a block to that of a node in it.
    private var shift: [Int]
    private(set) var work = 0

    init(_ graph: LayeredGraph, isUpwards: Bool, isMirrored: Bool) {
        self.graph = graph
        self.isUpwards = isUpwards
        self.isMirrored = isMirrored
        layers = isMirrored ? graph.layers.map { $0.reversed() } : graph.layers
        rank = Array(repeating: 0, count: graph.nodes.count)
        root = Array(graph.nodes.indices)
        shift = Array(repeating: 0, count: graph.nodes.count)
        for layer in layers {
            for (place, node) in layer.enumerated() { rank[node] = place }
        }
    }

    /// The left sides of the nodes.
    mutating func coordinates(conflicts: [Bool]) -> [Int] {
        align(conflicts)
        let places = compacted()
        guard isMirrored else { return places }
        return places.indices.map { -(places[$0] + graph.nodes[$0].width) }
    }

    /// Pixels from the left side, or the right one when mirrored, to where a segment meets a node.
    private func offset(_ segment: Int, at node: Int) -> Int {
        let isUpper = graph.segments[segment].upper == node
        let offset = isUpper ? graph.upperOffset(segment) : graph.lowerOffset(segment)
        return isMirrored ? graph.nodes[node].width - offset : offset
    }

    private func neighbour(_ segment: Int) -> Int {
        isUpwards ? graph.segments[segment].lower : graph.segments[segment].upper
    }

    /// The segments to the layer before that may be straight, from the left.
    private func near(_ node: Int, _ conflicts: [Bool]) -> [Int] {
        let all = isUpwards ? graph.below[node] : graph.above[node]
        return all.filter { !conflicts[$0] }
            .sorted { (rank[neighbour($0)], $0) < (rank[neighbour($1)], $1) }
    }

    private mutating func align(_ conflicts: [Bool]) {
        var isTaken = [Bool](repeating: false, count: graph.nodes.count)
        for layer in isUpwards ? layers.reversed() : layers {
            var last = -1
            for node in layer {
                let near = near(node, conflicts)
                work += near.count + 1
                guard !near.isEmpty else { continue }
                let middles = [(near.count - 1) / 2, near.count / 2]
                for segment in Array(near[middles[0]...middles[1]]) where root[node] == node {
                    let other = neighbour(segment)
                    guard !isTaken[other], last < rank[other] else { continue }
                    isTaken[other] = true
                    root[node] = root[other]
                    shift[node] =
                        shift[other] + offset(segment, at: other) - offset(segment, at: node)
                    last = rank[other]
                }
            }
        }
    }

    /// Moves the blocks to the left, then back to the right as far as their right neighbours let
    /// them.
    private mutating func compacted() -> [Int] {
        var blocks = BlockGraph(count: graph.nodes.count)
        for layer in layers {
            for (left, right) in zip(layer, layer.dropFirst()) {
                let gap =
                    isMirrored ? graph.gap(right, left) : graph.gap(left, right)
                let distance = shift[left] + graph.nodes[left].width + gap - shift[right]
                blocks.add(root[left], root[right], distance)
            }
        }
        work += blocks.count
        let places = blocks.compacted(isBlock: root.indices.map { root[$0] == $0 })
        return root.indices.map { places[root[$0]] + shift[$0] }
    }
}
