/// A scope as layers of nodes with segments between them: what the steps of a layered layout
/// (Sugiyama, Tagawa and Toda 1981) work on, one after another.
struct LayeredGraph {
    var nodes: [LayeredNode] = []
    var edges: [LayeredEdge] = []
    var segments: [LayeredSegment] = []
    var loops: [LayeredLoop] = []
    /// The nodes of each layer, from left to right.
    var layers: [[Int]] = []
    /// The segments that come from the layer above, and that go to the layer below, of each node.
    var above: [[Int]] = []
    var below: [[Int]] = []
    /// Where the search for cycles begins, and in which order it goes on.
    var roots: [Int] = []
    /// How much was done.
    var work = 0
    /// Where the drawing goes: sizes are exchanged unless downwards.
    let direction: GraphDirection

    init(direction: GraphDirection) {
        self.direction = direction
    }

    /// Adds a node; its place.
    mutating func add(_ node: LayeredNode) -> Int {
        nodes.append(node)
        above.append([])
        below.append([])
        return nodes.count - 1
    }

    /// Adds a segment; its place.
    mutating func add(_ segment: LayeredSegment) -> Int {
        let place = segments.count
        segments.append(segment)
        below[segment.upper].append(place)
        above[segment.lower].append(place)
        return place
    }

    /// Pixels from the left side of a node to where a segment meets it.
    func offset(of port: LayeredPort, at node: Int, isBelow: Bool) -> Int {
        let middle = nodes[node].boxOffset + nodes[node].boxWidth / 2
        guard nodes[node].isBox else { return nodes[node].width / 2 }
        switch port {
        case .middle: return middle
        case .caught:
            return middle + (isBelow ? nodes[node].caughtBelow : nodes[node].caughtAbove)
        case .loop(let place): return loops[place].offset
        }
    }

    /// Where a segment leaves its upper node, from that node's left side.
    func upperOffset(_ segment: Int) -> Int {
        let segment = segments[segment]
        return offset(of: segment.upperPort, at: segment.upper, isBelow: true)
    }

    /// Where a segment meets its lower node, from that node's left side.
    func lowerOffset(_ segment: Int) -> Int {
        let segment = segments[segment]
        return offset(of: segment.lowerPort, at: segment.lower, isBelow: false)
    }
}
