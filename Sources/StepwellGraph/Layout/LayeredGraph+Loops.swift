/// After the sixth step: the line at the side of a box goes out to where the edge runs on, so that
/// it has two corners less, wherever nothing is in between.
extension LayeredGraph {
    /// Moves loops outwards.
    mutating func widenLoops() {
        // The outermost first, which leaves room for those inside.
        let order = loops.indices.sorted {
            let (one, other) = (abs(distance($0)), abs(distance($1)))
            return one == other ? $0 < $1 : one > other
        }
        var own = [[Int]](repeating: [], count: nodes.count)
        for place in loops.indices { own[loops[place].node].append(place) }
        for place in order {
            guard let offset = wanted(place),
                isFree(place, upTo: offset, among: own[loops[place].node])
            else { continue }
            loops[place].offset = offset
        }
    }

    /// How far a loop is from the middle of its box.
    private func distance(_ place: Int) -> Int {
        let node = nodes[loops[place].node]
        return loops[place].offset - node.boxOffset - node.boxWidth / 2
    }

    /// Where the edge runs on, from the left side of the loop's node; nil when there are several
    /// such places, or it is further in.
    private func wanted(_ place: Int) -> Int? {
        let loop = loops[place]
        let near = loop.isExit ? above[loop.node] : below[loop.node]
        let own = near.filter {
            (loop.isExit ? segments[$0].lowerPort : segments[$0].upperPort) == .loop(place)
        }
        guard own.count == 1, let segment = own.first else { return nil }
        let ends = segments[segment]
        let x =
            loop.isExit
            ? nodes[ends.upper].x + upperOffset(segment)
            : nodes[ends.lower].x + lowerOffset(segment)
        let offset = x - nodes[loop.node].x
        return (loop.isLeft ? offset < loop.offset : offset > loop.offset) ? offset : nil
    }

    /// Whether nothing lies between a loop and an offset further out.
    private func isFree(_ place: Int, upTo offset: Int, among own: [Int]) -> Bool {
        let loop = loops[place]
        let node = nodes[loop.node]
        let gap = LayoutMetrics.lineGap
        for each in own.map({ loops[$0] }) where each.isLeft == loop.isLeft {
            let isOutside =
                loop.isLeft ? each.offset < loop.offset : each.offset > loop.offset
            let isFar = abs(each.offset - loop.offset) >= abs(offset - loop.offset) + gap
            if isOutside, !isFar { return false }
        }
        let layer = layers[node.layer]
        let order = node.order + (loop.isLeft ? -1 : 1)
        guard layer.indices.contains(order) else { return true }
        let neighbour = nodes[layer[order]]
        let x = node.x + offset
        return loop.isLeft
            ? neighbour.x + neighbour.width + gap <= x : x + gap <= neighbour.x
    }
}
