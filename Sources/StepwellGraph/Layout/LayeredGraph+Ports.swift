/// Fifth step: on which side of a box its loops lie, and where Catch edges meet it.
extension LayeredGraph {
    /// Gives every box room for its loops, and every port its place.
    mutating func placePorts() {
        for place in loops.indices { loops[place].isLeft = isLeft(place) }
        var own = [[Int]](repeating: [], count: nodes.count)
        for (place, loop) in loops.enumerated() { own[loop.node].append(place) }
        for node in nodes.indices where nodes[node].isBox {
            placeLoops(own[node], at: node)
            placeCaught(at: node)
        }
    }

    /// Whether the line of a loop goes on left of what else leaves or enters the box there.
    private func isLeft(_ place: Int) -> Bool {
        let loop = loops[place]
        let near = loop.isExit ? above[loop.node] : below[loop.node]
        var line: Int?
        var (others, sum) = (0, 0)
        for segment in near {
            let port = loop.isExit ? segments[segment].lowerPort : segments[segment].upperPort
            let end = loop.isExit ? segments[segment].upper : segments[segment].lower
            if port == .loop(place) {
                line = nodes[end].order
            } else if port == .middle {
                sum += nodes[end].order
                others += 1
            }
        }
        guard let line, others > 0 else { return false }
        return line * others < sum
    }

    private mutating func placeLoops(_ own: [Int], at node: Int) {
        let gap = LayoutMetrics.loopGap
        let box = nodes[node].boxWidth
        let lefts = own.filter { loops[$0].isLeft }
        let rights = own.filter { !loops[$0].isLeft }
        nodes[node].boxOffset = lefts.count * gap
        var selfLabel = 0
        for edge in own.compactMap({ loops[$0].ownEdge }) where edges[edge].hasLabel {
            let label = labelSize(edges[edge])
            selfLabel = max(selfLabel, label.width + LayoutMetrics.labelPadding)
            nodes[node].height = max(nodes[node].height, label.height)
        }
        nodes[node].width = box + (lefts.count + rights.count) * gap + selfLabel
        for (rank, place) in lefts.enumerated() {
            loops[place].offset = nodes[node].boxOffset - gap * (rank + 1)
        }
        for (rank, place) in rights.enumerated() {
            loops[place].offset = nodes[node].boxOffset + box + gap * (rank + 1)
        }
        // Those that leave do so below those that enter.
        let step = min(10, nodes[node].height / max(own.count + 1, 4))
        let middle = nodes[node].height < 90 ? nodes[node].height / 2 : 30
        for side in [lefts, rights] {
            let sorted = side.sorted { !loops[$0].isExit && loops[$1].isExit }
            for (rank, place) in sorted.enumerated() {
                loops[place].level = middle + (2 * rank - sorted.count + 1) * step / 2
            }
        }
    }

    private mutating func placeCaught(at node: Int) {
        let aside = min(nodes[node].boxWidth / 4, 44)
        nodes[node].caughtBelow = side(of: below[node], isBelow: true) ?? true ? aside : -aside
        if let isRight = side(of: above[node], isBelow: false) {
            nodes[node].caughtAbove = isRight ? aside : -aside
        } else {
            nodes[node].caughtAbove = 0
        }
    }

    /// Whether the Catch edges among segments come from or go to the right of the others; nil
    /// when there are only such or only others.
    private func side(of near: [Int], isBelow: Bool) -> Bool? {
        var caught = (sum: 0, count: 0)
        var others = (sum: 0, count: 0)
        for place in near {
            let segment = segments[place]
            let order = nodes[isBelow ? segment.lower : segment.upper].order
            switch isBelow ? segment.upperPort : segment.lowerPort {
            case .caught: caught = (caught.sum + order, caught.count + 1)
            case .middle: others = (others.sum + order, others.count + 1)
            case .loop: continue
            }
        }
        guard caught.count > 0, others.count > 0 else { return nil }
        return caught.sum * others.count >= others.sum * caught.count
    }
}
