/// Third step: edges become chains of segments from layer to layer.
///
/// All edges to the same box run together as soon as they are below their labels, in one lane for
/// errors and one for the rest: thirty Catch edges to one handler are one line with thirty inlets.
extension LayeredGraph {
    /// Which lane a node in a layer belongs to.
    private struct LaneKey: Hashable {
        let target: Int
        let layer: Int
        let isCatch: Bool
        let isBack: Bool
    }

    /// The lanes made so far, and the loop at which those that run back enter their boxes.
    private struct Lanes {
        var nodes: [LaneKey: Int] = [:]
        var entries: [LaneKey: Int] = [:]
    }

    /// Makes the segments, with nodes for labels and for lines that pass layers.
    mutating func makeSegments() {
        var lanes = Lanes()
        for place in edges.indices where edges[place].from != edges[place].to {
            if edges[place].isBack {
                makeBack(place, &lanes)
            } else {
                makeForward(place, &lanes)
            }
        }
        for place in edges.indices where edges[place].from == edges[place].to {
            makeSelfLoop(place)
        }
    }

    private mutating func makeForward(_ place: Int, _ lanes: inout Lanes) {
        let edge = edges[place]
        let port: LayeredPort = edge.isCatch ? .caught : .middle
        let last = nodes[edge.to].layer
        var upper = edge.from
        var layer = nodes[edge.from].layer + 1
        var upperPort = port
        if edge.hasLabel {
            let label = addLabel(of: place, layer: layer)
            edges[place].segments.append(
                segment(upper, label, upperPort, .middle, isCatch: edge.isCatch)
            )
            (upper, upperPort, layer) = (label, .middle, layer + 1)
        }
        let isDirect = layer == last
        let lower = isDirect ? edge.to : forwardLane(edge, layer: layer, &lanes)
        edges[place].segments.append(
            segment(upper, lower, upperPort, isDirect ? port : .middle, isCatch: edge.isCatch)
        )
        edges[place].lane = isDirect ? nil : lower
    }

    /// The lane to an edge's end in a layer, which goes on to the end.
    private mutating func forwardLane(
        _ edge: LayeredEdge,
        layer: Int,
        _ lanes: inout Lanes
    ) -> Int {
        var upper: Int?
        var first = -1
        for each in layer..<nodes[edge.to].layer {
            let key = LaneKey(
                target: edge.to,
                layer: each,
                isCatch: edge.isCatch,
                isBack: false
            )
            let known = lanes.nodes[key]
            let node = known ?? addLane(layer: each)
            if first < 0 { first = node }
            if let upper {
                nodes[upper].onward = segment(
                    upper,
                    node,
                    .middle,
                    .middle,
                    isCatch: edge.isCatch
                )
            }
            if known != nil { return first }
            lanes.nodes[key] = node
            upper = node
        }
        if let upper {
            let port: LayeredPort = edge.isCatch ? .caught : .middle
            nodes[upper].onward = segment(upper, edge.to, .middle, port, isCatch: edge.isCatch)
        }
        return first
    }

    private mutating func makeBack(_ place: Int, _ lanes: inout Lanes) {
        let edge = edges[place]
        let exit = addLoop(at: edge.from, isExit: true)
        let entry = entryLoop(of: edge, &lanes)
        edges[place].loops = (exit, entry)
        var lower = edge.from
        var layer = nodes[edge.from].layer - 1
        var lowerPort = LayeredPort.loop(exit)
        if edge.hasLabel {
            let label = addLabel(of: place, layer: layer)
            edges[place].segments.append(
                segment(label, lower, .middle, lowerPort, isCatch: edge.isCatch, isBack: true)
            )
            (lower, lowerPort, layer) = (label, .middle, layer - 1)
        }
        let isDirect = layer == nodes[edge.to].layer
        let upper = isDirect ? edge.to : backLane(edge, layer: layer, entry: entry, &lanes)
        edges[place].segments.append(
            segment(
                upper,
                lower,
                isDirect ? .loop(entry) : .middle,
                lowerPort,
                isCatch: edge.isCatch,
                isBack: true
            )
        )
        edges[place].lane = isDirect ? nil : upper
    }

    /// The lane from a layer up to an edge's end.
    private mutating func backLane(
        _ edge: LayeredEdge,
        layer: Int,
        entry: Int,
        _ lanes: inout Lanes
    ) -> Int {
        var lower: Int?
        var first = -1
        for each in stride(from: layer, to: nodes[edge.to].layer, by: -1) {
            let key = LaneKey(target: edge.to, layer: each, isCatch: edge.isCatch, isBack: true)
            let known = lanes.nodes[key]
            let node = known ?? addLane(layer: each)
            if first < 0 { first = node }
            if let lower {
                nodes[lower].onward = segment(
                    node,
                    lower,
                    .middle,
                    .middle,
                    isCatch: edge.isCatch,
                    isBack: true
                )
            }
            if known != nil { return first }
            lanes.nodes[key] = node
            lower = node
        }
        if let lower {
            nodes[lower].onward = segment(
                edge.to,
                lower,
                .loop(entry),
                .middle,
                isCatch: edge.isCatch,
                isBack: true
            )
        }
        return first
    }

    private mutating func entryLoop(of edge: LayeredEdge, _ lanes: inout Lanes) -> Int {
        let key = LaneKey(target: edge.to, layer: -1, isCatch: edge.isCatch, isBack: true)
        if let known = lanes.entries[key] { return known }
        let entry = addLoop(at: edge.to, isExit: false)
        lanes.entries[key] = entry
        return entry
    }

    private mutating func makeSelfLoop(_ place: Int) {
        let node = edges[place].from
        edges[place].isBack = true
        let exit = addLoop(at: node, isExit: true)
        loops[exit].ownEdge = place
        edges[place].loops = (exit, addLoop(at: node, isExit: false))
    }

    private mutating func addLoop(at node: Int, isExit: Bool) -> Int {
        loops.append(LayeredLoop(node: node, isExit: isExit))
        return loops.count - 1
    }

    private mutating func addLabel(of edge: Int, layer: Int) -> Int {
        var node = LayeredNode(role: .label(edge), size: labelSize(edges[edge]))
        node.layer = layer
        let place = add(node)
        edges[edge].label = place
        return place
    }

    /// The size of an edge's label as the layers see it.
    func labelSize(_ edge: LayeredEdge) -> GraphSize {
        direction == .down ? edge.labelSize : edge.labelSize.transposed
    }

    private mutating func addLane(layer: Int) -> Int {
        work += 1
        var node = LayeredNode(role: .lane, size: GraphSize(width: 0, height: 0))
        node.layer = layer
        return add(node)
    }

    private mutating func segment(
        _ upper: Int,
        _ lower: Int,
        _ upperPort: LayeredPort,
        _ lowerPort: LayeredPort,
        isCatch: Bool,
        isBack: Bool = false
    ) -> Int {
        add(
            LayeredSegment(
                upper: upper,
                lower: lower,
                upperPort: upperPort,
                lowerPort: lowerPort,
                isCatch: isCatch,
                isBack: isBack
            )
        )
    }
}
