/// Straightens what Brandes and Köpf's way leaves bent.
///
/// What stands in line is a block. A block goes to where one of its segments is straight, pushing
/// its neighbours aside, when all segments together, by their weights, are less bent then.
struct BlockMover {
    /// Rounds over all blocks at most.
    private static let rounds = 6
    /// Places that a block tries.
    private static let candidates = 6
    /// Nodes that a block may push, besides four times as many as it has itself: so that the work
    /// stays in proportion to the drawing.
    private static let pushed = 500

    /// Pixels below which one bend is as bad as another.
    private static let smallBend = 16

    private var graph: LayeredGraph
    private let weights: [Int]
    private var members: [[Int]] = []
    private var block: [Int] = []
    /// How far each block goes in the move being tried; 0 for those that stay.
    private var steps: [Int] = []
    private(set) var work = 0

    init(_ graph: LayeredGraph) {
        self.graph = graph
        weights = graph.segmentWeights()
    }

    /// The left sides of all nodes once nothing gets straighter.
    mutating func places() -> [Int] {
        for round in 0..<Self.rounds {
            findBlocks()
            let order = Array(members.indices)
            var isMoved = false
            for place in round % 2 == 0 ? order : order.reversed() {
                isMoved = improve(place) || isMoved
            }
            if !isMoved { break }
        }
        return graph.nodes.map(\.x)
    }

    private func bend(_ segment: Int) -> Int {
        let ends = graph.segments[segment]
        return graph.nodes[ends.lower].x + graph.lowerOffset(segment)
            - graph.nodes[ends.upper].x - graph.upperOffset(segment)
    }

    /// How bad a bend is: the smallest are as bad as those of some pixels, for they look like
    /// faults.
    private static func cost(of bend: Int) -> Int {
        bend == 0 ? 0 : max(abs(bend), smallBend)
    }

    private mutating func findBlocks() {
        members = []
        block = Array(repeating: -1, count: graph.nodes.count)
        for node in graph.nodes.indices where block[node] < 0 {
            let place = members.count
            var found = [node]
            block[node] = place
            var next = 0
            while next < found.count {
                let node = found[next]
                next += 1
                for segment in graph.above[node] + graph.below[node] where bend(segment) == 0 {
                    work += 1
                    let ends = graph.segments[segment]
                    let other = ends.upper == node ? ends.lower : ends.upper
                    guard block[other] < 0 else { continue }
                    block[other] = place
                    found.append(other)
                }
            }
            members.append(found)
        }
        steps = Array(repeating: 0, count: members.count)
    }

    /// Tries the places at which segments of a block are straight; whether one was better.
    private mutating func improve(_ place: Int) -> Bool {
        var wishes: [Int: Int] = [:]
        for node in members[place] {
            for segment in graph.above[node] where block[graph.segments[segment].upper] != place {
                wishes[-bend(segment), default: 0] += weights[segment]
            }
            for segment in graph.below[node] where block[graph.segments[segment].lower] != place {
                wishes[bend(segment), default: 0] += weights[segment]
            }
        }
        let straight = wishes.removeValue(forKey: 0) ?? 0
        let sorted = wishes.sorted {
            ($1.value, abs($0.key), $0.key) < ($0.value, abs($1.key), $1.key)
        }
        var best = (gain: 0, step: 0)
        for wish in sorted.prefix(Self.candidates) {
            // What the block gains itself, before anything is pushed.
            let own = sorted.reduce(-straight * Self.cost(of: wish.key)) { sum, each in
                let change = Self.cost(of: each.key) - Self.cost(of: each.key - wish.key)
                return sum + change * each.value
            }
            work += sorted.count
            guard own > 0 else { continue }
            let gain = tryMove(place, by: wish.key, keeping: false)
            if gain > best.gain { best = (gain, wish.key) }
        }
        guard best.gain > 0 else { return false }
        _ = tryMove(place, by: best.step, keeping: true)
        return true
    }

    /// What is gained when a block goes that far; it does when that is to be kept.
    private mutating func tryMove(_ place: Int, by step: Int, keeping: Bool) -> Int {
        guard let moved = push(place, by: step) else { return 0 }
        defer {
            for each in moved { steps[each] = 0 }
        }
        guard !keeping else {
            for each in moved {
                for node in members[each] { graph.nodes[node].x += steps[each] }
            }
            return 0
        }
        return moved.reduce(0) { $0 + gain(of: $1) }
    }

    /// What the segments of a block gain that moves; those between two that move count half each.
    private mutating func gain(of place: Int) -> Int {
        var gain = 0
        for node in members[place] {
            for segment in graph.above[node] + graph.below[node] {
                let ends = graph.segments[segment]
                let (upper, lower) = (block[ends.upper], block[ends.lower])
                guard steps[upper] != steps[lower] else { continue }
                work += 1
                let old = bend(segment)
                let new = old + steps[lower] - steps[upper]
                let isShared = steps[upper] != 0 && steps[lower] != 0
                gain +=
                    (Self.cost(of: old) - Self.cost(of: new)) * weights[segment]
                    * (isShared ? 1 : 2)
            }
        }
        return gain
    }

    /// How far every block has to go when one goes that far, in `steps`; the blocks that move, or
    /// nil when they are too many.
    private mutating func push(_ place: Int, by step: Int) -> [Int]? {
        steps[place] = step
        var moved = [place]
        var queue = [place]
        var next = 0
        var budget = Self.pushed + 4 * members[place].count
        while next < queue.count {
            let current = queue[next]
            next += 1
            budget -= members[current].count
            guard budget >= 0 else {
                for each in moved { steps[each] = 0 }
                return nil
            }
            for node in members[current] {
                work += 1
                guard let (other, needed) = pushedNeighbour(of: node, toRight: step > 0) else {
                    continue
                }
                // What is pushed may come round to where it began: then it is left as it is.
                guard other != place else {
                    for each in moved { steps[each] = 0 }
                    return nil
                }
                if steps[other] == 0 { moved.append(other) }
                steps[other] = needed
                queue.append(other)
            }
        }
        return moved
    }

    /// The block beside a node that is in its way now, and how far it has to go.
    private func pushedNeighbour(of node: Int, toRight: Bool) -> (block: Int, step: Int)? {
        let layer = graph.layers[graph.nodes[node].layer]
        let order = graph.nodes[node].order + (toRight ? 1 : -1)
        guard layer.indices.contains(order) else { return nil }
        let other = layer[order]
        guard block[other] != block[node] else { return nil }
        let (left, right) = toRight ? (node, other) : (other, node)
        let edge = graph.nodes[left].x + steps[block[left]] + graph.nodes[left].width
        let room = graph.nodes[right].x + steps[block[right]] - edge - graph.gap(left, right)
        guard room < 0 else { return nil }
        return (block[other], steps[block[other]] + (toRight ? -room : room))
    }
}

extension LayeredGraph {
    /// How much it matters that each segment is straight: the ordinary course more than errors and
    /// loops, long lines more than short ones, one of a fan less.
    func segmentWeights() -> [Int] {
        var leaving = [Int](repeating: 0, count: nodes.count)
        var entering = leaving
        for segment in segments where !segment.isCatch && !segment.isBack {
            leaving[segment.upper] += 1
            entering[segment.lower] += 1
        }
        return segments.map { segment in
            let isInner = !nodes[segment.upper].isBox && !nodes[segment.lower].isBox
            if segment.isCatch || segment.isBack { return isInner ? 12 : 1 }
            let shared = max(leaving[segment.upper], entering[segment.lower], 1)
            return (isInner ? 48 : 24) / min(shared, 24)
        }
    }
}
