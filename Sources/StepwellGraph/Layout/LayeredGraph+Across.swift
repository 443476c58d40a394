/// Sixth step: the place of every node across the layers.
extension LayeredGraph {
    /// Gives every node its `x`, the least being 0.
    mutating func placeAcross() {
        guard !nodes.isEmpty else { return }
        let conflicts = conflicts()
        var ways: [[Int]] = []
        for isUpwards in [false, true] {
            for isMirrored in [false, true] {
                var way = Alignment(self, isUpwards: isUpwards, isMirrored: isMirrored)
                ways.append(way.coordinates(conflicts: conflicts))
                work += way.work
            }
        }
        let spans = ways.map(span)
        let narrowest = spans.indices.min {
            spans[$0].right - spans[$0].left < spans[$1].right - spans[$1].left
        }
        guard let narrowest else { return }
        for place in ways.indices {
            let isMirrored = place % 2 == 1
            let offset =
                isMirrored
                ? spans[narrowest].right - spans[place].right
                : spans[narrowest].left - spans[place].left
            for node in ways[place].indices { ways[place][node] += offset }
        }
        for node in nodes.indices {
            let sorted = ways.map { $0[node] }.sorted()
            // Rounded down, whatever the sign: what is in line in two ways stays so.
            nodes[node].x = (sorted[1] + sorted[2]) >> 1
        }
        var mover = BlockMover(self)
        for (node, x) in mover.places().enumerated() { nodes[node].x = x }
        work += mover.work
        let left = nodes.reduce(Int.max) { min($0, $1.x) }
        for node in nodes.indices { nodes[node].x -= left }
    }

    private func span(_ places: [Int]) -> (left: Int, right: Int) {
        var (left, right) = (Int.max, Int.min)
        for (node, place) in places.enumerated() {
            left = min(left, place)
            right = max(right, place + nodes[node].width)
        }
        return (left, right)
    }

    /// The least distance between a node and its right neighbour.
    func gap(_ left: Int, _ right: Int) -> Int {
        typealias Metrics = LayoutMetrics
        switch (nodes[left].role, nodes[right].role) {
        case (.lane, .lane): return Metrics.lineGap
        case (.lane, _), (_, .lane): return Metrics.laneGap
        case (.label, .label): return Metrics.labelGap
        case (.box, .box): return Metrics.boxGap
        case (.box, .label), (.label, .box): return Metrics.laneGap
        }
    }

    /// The segments that must not be straight: they cross a line that passes both layers, or would
    /// keep a segment at the same node from being straight that matters more.
    private mutating func conflicts() -> [Bool] {
        var conflicts = [Bool](repeating: false, count: segments.count)
        for node in nodes.indices {
            for near in [above[node], below[node]] {
                let most = near.reduce(0) { max($0, precedence($1)) }
                for segment in near where precedence(segment) < most { conflicts[segment] = true }
            }
        }
        for layer in layers.dropFirst() {
            var (left, start) = (0, 0)
            for (place, node) in layer.enumerated() {
                let inner = innerEnd(node)
                guard inner != nil || place == layer.count - 1 else { continue }
                let right = inner ?? Int.max
                for each in layer[start...place] {
                    for segment in above[each] {
                        work += 1
                        let upper = segments[segment].upper
                        let order = nodes[upper].order
                        let isInner = nodes[upper].isLane && nodes[each].isLane
                        if !isInner, order < left || order > right { conflicts[segment] = true }
                    }
                }
                (left, start) = (right, place + 1)
            }
        }
        return conflicts
    }

    /// Lines that pass layers come before the ordinary course, and that before errors and loops.
    private func precedence(_ segment: Int) -> Int {
        let ends = segments[segment]
        if nodes[ends.upper].isLane, nodes[ends.lower].isLane { return 3 }
        return ends.isCatch || ends.isBack ? 1 : 2
    }

    /// The place in the layer above of the lane that a lane continues.
    private func innerEnd(_ node: Int) -> Int? {
        guard nodes[node].isLane else { return nil }
        return above[node].map { segments[$0].upper }.first { nodes[$0].isLane }
            .map { nodes[$0].order }
    }
}
