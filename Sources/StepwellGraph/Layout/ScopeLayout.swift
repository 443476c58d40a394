/// Lays out the scopes of a model, those inside a state before the state's own.
struct ScopeLayout {
    private let model: GraphModel
    private let direction: GraphDirection

    init(model: GraphModel, direction: GraphDirection) {
        self.model = model
        self.direction = direction
    }

    /// The layout of the whole machine.
    func root() -> Drawing {
        drawing(of: 0)
    }

    /// The layout of a scope.
    private func drawing(of scope: Int) -> Drawing {
        let isRoot = model.scopes[scope].owner == nil
        var items = model.scopes[scope].states.map { item($0, inRoot: isRoot) }
        var ends: (start: Int?, end: Int?) = (nil, nil)
        if isRoot, model.scopes[scope].start != nil {
            ends.start = items.count
            items.append(pill(.start, "Start"))
        }
        if isRoot, model.scopes[scope].states.contains(where: { model.states[$0].isEnd }) {
            ends.end = items.count
            items.append(pill(.end, "End"))
        }
        var graph = LayeredGraph(direction: direction)
        for (place, item) in items.enumerated() {
            let size = direction == .down ? item.size : item.size.transposed
            _ = graph.add(LayeredNode(role: .box(place), size: size))
        }
        connect(&graph, scope: scope, start: ends.start, end: ends.end)
        graph.layOut()
        return LayeredDrawing(graph, items: items).drawing()
    }

    private func connect(_ graph: inout LayeredGraph, scope: Int, start: Int?, end: Int?) {
        let scope = model.scopes[scope]
        // The nodes of the graph are the items, in order.
        var nodes: [Int: Int] = [:]
        for (node, state) in scope.states.enumerated() { nodes[state] = node }
        if let first = scope.start.flatMap({ nodes[$0] }) {
            graph.roots = [start ?? first]
            if let start {
                graph.edges.append(
                    LayeredEdge(kind: .next, from: start, to: first, reasons: [])
                )
            }
        }
        var transitions = scope.transitions[...]
        for (node, state) in scope.states.enumerated() {
            if let end, model.states[state].isEnd {
                graph.edges.append(LayeredEdge(kind: .next, from: node, to: end, reasons: []))
            }
            while let transition = transitions.first, transition.from == state {
                transitions.removeFirst()
                guard let target = nodes[transition.to] else { continue }
                graph.edges.append(
                    LayeredEdge(
                        kind: transition.kind,
                        from: node,
                        to: target,
                        reasons: transition.reasons
                    )
                )
            }
        }
    }

    private func pill(_ place: GraphPlace, _ name: String) -> ScopeItem {
        ScopeItem(
            place: place,
            size: LayoutMetrics.pill,
            lines: [name],
            detail: [],
            hasEndMark: false
        )
    }

    private func item(_ state: Int, inRoot: Bool) -> ScopeItem {
        let text = BoxText(model.states[state])
        let item = ScopeItem(
            place: .state(state),
            size: text.size,
            lines: text.name.lines,
            detail: text.detail.lines,
            hasEndMark: model.states[state].isEnd && !inRoot
        )
        let inner = model.states[state].inner
        guard !inner.isEmpty else { return item }
        let parts = inner.map { ($0, drawing(of: $0)) }
        var content = ClusterArrangement(parts, direction: direction).drawing()
        let padding = LayoutMetrics.clusterPadding
        let width = max(content.size.width + 2 * padding, text.size.width)
        let left = (width - content.size.width) / 2
        content.move(by: GraphPoint(x: left, y: text.size.height))
        let size = GraphSize(
            width: width,
            height: text.size.height + content.size.height + padding
        )
        return ScopeItem(
            place: item.place,
            size: size,
            lines: item.lines,
            detail: item.detail,
            hasEndMark: item.hasEndMark,
            header: text.size.height,
            content: content
        )
    }
}

extension LayeredGraph {
    /// All steps.
    mutating func layOut() {
        findLoops()
        assignLayers()
        makeSegments()
        placePorts()
        orderLayers()
        placePorts()
        placeAcross()
        widenLoops()
    }
}
