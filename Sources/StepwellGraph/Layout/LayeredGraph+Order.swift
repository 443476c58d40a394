/// Fourth step: the order of each layer, so that few lines cross.
///
/// Layers are swept down and up, each node going to the mean place of its neighbours; then pairs of
/// neighbours are exchanged while that helps. The best order met is kept.
extension LayeredGraph {
    /// Sweeps at most; what does not get better is left before.
    private static let sweeps = 16
    private static let patience = 4
    private static let exchanges = 6

    /// Puts each layer's nodes in order.
    mutating func orderLayers() {
        orderByDiscovery()
        var best = layers
        var fewest = crossings()
        var idle = 0
        for sweep in 0..<Self.sweeps where fewest > 0 && idle < Self.patience {
            sortByNeighbours(downwards: sweep % 2 == 0)
            var found = crossings()
            if sweep % 2 == 1 {
                exchangeNeighbours()
                found = crossings()
            }
            idle += 1
            if found < fewest {
                (fewest, best, idle) = (found, layers, 0)
            }
        }
        layers = best
        noteOrder()
        if fewest > 0 { exchangeNeighbours() }
    }

    /// The order in which a depth first search from the top meets the nodes.
    private mutating func orderByDiscovery() {
        let depth = nodes.reduce(0) { max($0, $1.layer) }
        layers = Array(repeating: [], count: nodes.isEmpty ? 0 : depth + 1)
        var isKnown = [Bool](repeating: false, count: nodes.count)
        let starts = nodes.indices.filter { above[$0].isEmpty }
        for root in roots + starts where !isKnown[root] {
            var stack = [root]
            while let node = stack.popLast() {
                guard !isKnown[node] else { continue }
                isKnown[node] = true
                work += 1
                layers[nodes[node].layer].append(node)
                for place in below[node].reversed() where !isKnown[segments[place].lower] {
                    stack.append(segments[place].lower)
                }
            }
        }
        noteOrder()
    }

    private mutating func noteOrder() {
        for layer in layers {
            for (order, node) in layer.enumerated() { nodes[node].order = order }
        }
    }

    /// Where a segment meets its upper or lower node, in thousandths of a place in the layer.
    private func position(_ segment: Int, upper: Bool) -> Int {
        let node = upper ? segments[segment].upper : segments[segment].lower
        guard nodes[node].isBox, nodes[node].width > 0 else {
            return nodes[node].order * 1000 + 500
        }
        let offset = upper ? upperOffset(segment) : lowerOffset(segment)
        return nodes[node].order * 1000 + min(max(offset * 1000 / nodes[node].width, 1), 999)
    }

    private mutating func sortByNeighbours(downwards: Bool) {
        let order = downwards ? Array(layers.indices) : layers.indices.reversed()
        for layer in order {
            var keys: [(mean: Double, node: Int)] = []
            for node in layers[layer] {
                let near = downwards ? above[node] : below[node]
                work += near.count + 1
                guard !near.isEmpty else {
                    keys.append((Double(nodes[node].order * 1000 + 500), node))
                    continue
                }
                let sum = near.reduce(0) { $0 + position($1, upper: downwards) }
                keys.append((Double(sum) / Double(near.count), node))
            }
            let isSorted = zip(keys, keys.dropFirst()).allSatisfy { $0.mean <= $1.mean }
            guard !isSorted else { continue }
            keys.sort { ($0.mean, nodes[$0.node].order) < ($1.mean, nodes[$1.node].order) }
            layers[layer] = keys.map(\.node)
            for (order, key) in keys.enumerated() { nodes[key.node].order = order }
        }
    }

    /// The crossings between all layers.
    mutating func crossings() -> Int {
        var sum = 0
        for layer in layers.dropLast() {
            var ends: [(upper: Int, lower: Int)] = []
            for node in layer {
                for place in below[node] {
                    ends.append((position(place, upper: true), position(place, upper: false)))
                }
            }
            work += ends.count
            ends.sort { $0 < $1 }
            var counter = InversionCounter(ends.map(\.lower))
            sum += counter.count()
        }
        return sum
    }

    private mutating func exchangeNeighbours() {
        for _ in 0..<Self.exchanges {
            var isBetter = false
            for layer in layers.indices {
                for place in layers[layer].indices.dropLast() {
                    let (left, right) = (layers[layer][place], layers[layer][place + 1])
                    guard gain(left, right) > 0 else { continue }
                    layers[layer].swapAt(place, place + 1)
                    nodes[left].order = place + 1
                    nodes[right].order = place
                    isBetter = true
                }
            }
            if !isBetter { return }
        }
    }

    /// How many crossings fewer there are when two neighbours change places.
    private mutating func gain(_ left: Int, _ right: Int) -> Int {
        var gain = 0
        for isAbove in [true, false] {
            let lefts = (isAbove ? above[left] : below[left]).map { position($0, upper: isAbove) }
            let rights = (isAbove ? above[right] : below[right]).map {
                position($0, upper: isAbove)
            }
            guard !lefts.isEmpty, !rights.isEmpty else { continue }
            work += lefts.count + rights.count
            gain += Self.smaller(rights.sorted(), than: lefts.sorted())
            gain -= Self.smaller(lefts.sorted(), than: rights.sorted())
        }
        return gain
    }

    /// How many pairs there are in which the first is smaller; both lists are sorted.
    private static func smaller(_ firsts: [Int], than seconds: [Int]) -> Int {
        var sum = 0
        var place = 0
        for second in seconds {
            while place < firsts.count, firsts[place] < second { place += 1 }
            sum += place
        }
        return sum
    }
}
