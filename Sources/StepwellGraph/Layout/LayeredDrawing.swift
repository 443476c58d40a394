/// Turns a graph whose nodes have their places into a drawing.
struct LayeredDrawing {
    private var graph: LayeredGraph
    private let items: [ScopeItem]
    /// The corners from a shared lane to the end of its edges, as far as they are known.
    private var tails: [[GraphPoint]?]

    init(_ graph: LayeredGraph, items: [ScopeItem]) {
        self.graph = graph
        self.items = items
        tails = Array(repeating: nil, count: graph.nodes.count)
    }

    /// The drawing, with all that is inside its boxes.
    consuming func drawing() -> Drawing {
        var result = Drawing()
        let extent = graph.placeAlong()
        result.size = graph.direction == .down ? extent : extent.transposed
        for (node, item) in items.enumerated() {
            let frame = oriented(boxFrame(node))
            result.boxes.append(
                GraphBox(
                    place: item.place,
                    frame: frame,
                    lines: item.lines,
                    detail: item.detail,
                    header: item.header.map {
                        GraphRect(x: frame.x, y: frame.y, width: frame.width, height: $0)
                    },
                    hasEndMark: item.hasEndMark
                )
            )
            guard item.header != nil else { continue }
            var content = item.content
            content.move(by: GraphPoint(x: frame.x, y: frame.y))
            result.add(content)
        }
        for edge in graph.edges.indices {
            let points = CornerList.simplified(corners(of: edge))
            graph.work += points.count
            result.edges.append(
                GraphEdge(
                    kind: graph.edges[edge].kind,
                    from: items[graph.edges[edge].from].place,
                    to: items[graph.edges[edge].to].place,
                    points: graph.direction == .down ? points : points.map(\.transposed),
                    label: label(of: edge)
                )
            )
        }
        result.work += graph.work
        return result
    }

    private func oriented(_ rect: GraphRect) -> GraphRect {
        graph.direction == .down ? rect : rect.transposed
    }

    private func boxFrame(_ node: Int) -> GraphRect {
        let found = graph.nodes[node]
        return GraphRect(
            x: found.x + found.boxOffset,
            y: found.y,
            width: found.boxWidth,
            height: found.height
        )
    }

    private func label(of edge: Int) -> GraphLabel? {
        let own = graph.edges[edge]
        guard own.hasLabel else { return nil }
        let frame: GraphRect
        if let node = own.label {
            let found = graph.nodes[node]
            frame = GraphRect(x: found.x, y: found.y, width: found.width, height: found.height)
        } else if let loops = own.loops {
            let size = graph.labelSize(own)
            let (exit, entry) = (graph.loops[loops.exit], graph.loops[loops.entry])
            let node = graph.nodes[own.from]
            frame = GraphRect(
                x: node.x + max(exit.offset, entry.offset) + LayoutMetrics.labelPadding,
                y: node.y + (exit.level + entry.level - size.height) / 2,
                width: size.width,
                height: size.height
            )
        } else {
            return nil
        }
        return GraphLabel(frame: oriented(frame), lines: own.text.lines, title: own.title)
    }

    // MARK: Corners

    private mutating func corners(of place: Int) -> [GraphPoint] {
        let edge = graph.edges[place]
        if edge.from == edge.to { return selfLoop(edge) }
        var points: [GraphPoint] = []
        if let exit = edge.loops?.exit {
            points += loopCorners(exit)
        } else if let first = edge.segments.first {
            points.append(GraphPoint(x: upperX(first), y: boxFrame(edge.from).maxY))
        }
        for segment in edge.segments { points += turn(segment, isBack: edge.isBack) }
        if let lane = edge.lane { return points + tail(lane) }
        if let last = edge.segments.last { points += arrival(by: last, isBack: edge.isBack) }
        return points
    }

    private func upperX(_ segment: Int) -> Int {
        graph.nodes[graph.segments[segment].upper].x + graph.upperOffset(segment)
    }

    private func lowerX(_ segment: Int) -> Int {
        graph.nodes[graph.segments[segment].lower].x + graph.lowerOffset(segment)
    }

    /// The corners where a segment runs along the layers.
    private func turn(_ segment: Int, isBack: Bool) -> [GraphPoint] {
        guard let track = graph.segments[segment].track else { return [] }
        let upper = GraphPoint(x: upperX(segment), y: track)
        let lower = GraphPoint(x: lowerX(segment), y: track)
        return isBack ? [lower, upper] : [upper, lower]
    }

    /// The end of an edge at the box to which its last segment leads.
    private func arrival(by segment: Int, isBack: Bool) -> [GraphPoint] {
        let ends = graph.segments[segment]
        guard isBack else {
            return [GraphPoint(x: lowerX(segment), y: boxFrame(ends.lower).y)]
        }
        guard case .loop(let entry) = ends.upperPort else { return [] }
        return loopCorners(entry).reversed()
    }

    /// From the side of a box to the line of a loop.
    private func loopCorners(_ place: Int) -> [GraphPoint] {
        let loop = graph.loops[place]
        let frame = boxFrame(loop.node)
        let y = graph.nodes[loop.node].y + loop.level
        return [
            GraphPoint(x: loop.isLeft ? frame.x : frame.maxX, y: y),
            GraphPoint(x: graph.nodes[loop.node].x + loop.offset, y: y),
        ]
    }

    private func selfLoop(_ edge: LayeredEdge) -> [GraphPoint] {
        guard let loops = edge.loops else { return [] }
        var exit = loopCorners(loops.exit)
        var entry = loopCorners(loops.entry)
        let x = max(exit[1].x, entry[1].x)
        exit[1].x = x
        entry[1].x = x
        return exit + entry.reversed()
    }

    /// The corners from a lane to the end of its edges.
    private mutating func tail(_ lane: Int) -> [GraphPoint] {
        var path: [Int] = []
        var next = lane
        var points: [GraphPoint] = []
        while true {
            if let known = tails[next] {
                points = known
                break
            }
            guard let segment = graph.nodes[next].onward else { break }
            path.append(next)
            let ends = graph.segments[segment]
            let target = ends.isBack ? ends.upper : ends.lower
            guard graph.nodes[target].isLane else {
                points = arrival(by: segment, isBack: ends.isBack)
                break
            }
            next = target
        }
        for node in path.reversed() {
            graph.work += 1
            if let segment = graph.nodes[node].onward {
                points = turn(segment, isBack: graph.segments[segment].isBack) + points
            }
            tails[node] = points
        }
        return points
    }
}
