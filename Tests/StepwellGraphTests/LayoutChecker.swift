import StepwellGraph

/// Finds what a reader would stumble over in a layout.
struct LayoutChecker {
    /// What is wrong, in words.
    private(set) var faults: [String] = []
    /// How often edges cross that share no end.
    private(set) var crossings = 0

    private let layout: GraphLayout
    private let model: GraphModel

    init(_ model: GraphModel, _ layout: GraphLayout) {
        self.model = model
        self.layout = layout
        checkBounds()
        checkBoxes()
        checkLabels()
        checkEdges()
        countCrossings()
    }

    private func name(_ place: GraphPlace) -> String {
        switch place {
        case .state(let state): "'\(model.states[state].name)'"
        case .start: "Start"
        case .end: "End"
        }
    }

    /// The states that a place lies in, and itself.
    private func chain(_ place: GraphPlace) -> [GraphPlace] {
        guard case .state(let state) = place else { return [place] }
        var chain = [place]
        var owner = model.scopes[model.states[state].scope].owner
        while let found = owner {
            chain.append(.state(found))
            owner = model.scopes[model.states[found].scope].owner
        }
        return chain
    }

    private mutating func checkBounds() {
        let canvas = GraphRect(
            x: 0,
            y: 0,
            width: layout.size.width,
            height: layout.size.height
        )
        for box in layout.boxes where !canvas.contains(box.frame) {
            faults.append("\(name(box.place)) leaves the drawing")
        }
        for edge in layout.edges {
            if let label = edge.label, !canvas.contains(label.frame) {
                faults.append("the label '\(label.title)' leaves the drawing")
            }
            for point in edge.points
            where !(0...canvas.width).contains(point.x) || !(0...canvas.height).contains(point.y) {
                faults.append("an edge of \(name(edge.from)) leaves the drawing")
            }
        }
    }

    private mutating func checkBoxes() {
        for (place, one) in layout.boxes.enumerated() {
            for other in layout.boxes[(place + 1)...] where one.frame.overlaps(other.frame) {
                let isInside =
                    chain(other.place).contains(one.place) && one.frame.contains(other.frame)
                    && one.header.map { !$0.overlaps(other.frame) } ?? false
                if !isInside {
                    faults.append("\(name(one.place)) and \(name(other.place)) overlap")
                }
            }
        }
    }

    private mutating func checkLabels() {
        let labels = layout.edges.filter { $0.label != nil }
        for (place, edge) in labels.enumerated() {
            guard let label = edge.label else { continue }
            for other in labels[(place + 1)...]
            where other.label?.frame.overlaps(label.frame) == true {
                faults.append(
                    "the labels '\(label.title)' and '\(other.label?.title ?? "")' overlap"
                )
            }
            for box in layout.boxes where box.frame.overlaps(label.frame) {
                let around = chain(edge.from).dropFirst().contains(box.place)
                if !around || box.header?.overlaps(label.frame) == true {
                    faults.append("the label '\(label.title)' and \(name(box.place)) overlap")
                }
            }
            for line in layout.edges where runs(line, through: label.frame) {
                guard line.from != edge.from, line.to != edge.to else { continue }
                faults.append("an edge of \(name(line.from)) runs through '\(label.title)'")
            }
        }
    }

    private mutating func checkEdges() {
        for edge in layout.edges {
            for (one, other) in zip(edge.points, edge.points.dropFirst())
            where one.x != other.x && one.y != other.y {
                faults.append("an edge of \(name(edge.from)) runs aslant")
            }
            if edge.points.count < 2 { faults.append("an edge of \(name(edge.from)) is none") }
            let around = chain(edge.from).dropFirst()
            for box in layout.boxes {
                guard !around.contains(box.place), runs(edge, through: box.frame) else { continue }
                faults.append(
                    "the edge from \(name(edge.from)) to \(name(edge.to)) runs through "
                        + name(box.place)
                )
            }
            checkEnds(of: edge)
        }
    }

    private mutating func checkEnds(of edge: GraphEdge) {
        for (place, point) in [(edge.from, edge.points.first), (edge.to, edge.points.last)] {
            guard let point, let box = layout.boxes.first(where: { $0.place == place }) else {
                faults.append("an edge ends at no box")
                continue
            }
            let frame = box.frame
            let isOnSide =
                (point.x == frame.x || point.x == frame.maxX)
                && (frame.y...frame.maxY).contains(point.y)
            let isOnTop =
                (point.y == frame.y || point.y == frame.maxY)
                && (frame.x...frame.maxX).contains(point.x)
            if !isOnSide && !isOnTop { faults.append("an edge does not reach \(name(place))") }
        }
    }

    /// Whether a part of an edge lies in the inside of a rectangle.
    private func runs(_ edge: GraphEdge, through frame: GraphRect) -> Bool {
        zip(edge.points, edge.points.dropFirst()).contains { one, other in
            let left = min(one.x, other.x)
            let right = max(one.x, other.x)
            let top = min(one.y, other.y)
            let bottom = max(one.y, other.y)
            return left < frame.maxX && frame.x < right && top < frame.maxY && frame.y < bottom
                || left == right && frame.x < left && left < frame.maxX && top < frame.maxY
                    && frame.y < bottom
                || top == bottom && frame.y < top && top < frame.maxY && left < frame.maxX
                    && frame.x < right
        }
    }

    private mutating func countCrossings() {
        for (place, one) in layout.edges.enumerated() {
            for other in layout.edges[(place + 1)...] {
                guard one.from != other.from, one.to != other.to else { continue }
                for (a, b) in zip(one.points, one.points.dropFirst()) {
                    for (c, d) in zip(other.points, other.points.dropFirst())
                    where Self.cross(a, b, c, d) {
                        crossings += 1
                    }
                }
            }
        }
    }

    private static func cross(
        _ a: GraphPoint,
        _ b: GraphPoint,
        _ c: GraphPoint,
        _ d: GraphPoint
    ) -> Bool {
        let isUpright = a.x == b.x
        guard isUpright != (c.x == d.x) else { return false }
        let (upright, level) = isUpright ? ((a, b), (c, d)) : ((c, d), (a, b))
        let (x, y) = (upright.0.x, level.0.y)
        return min(level.0.x, level.1.x) < x && x < max(level.0.x, level.1.x)
            && min(upright.0.y, upright.1.y) < y && y < max(upright.0.y, upright.1.y)
    }
}
