/// Puts the branches of a state beside each other, in several rows where one would be too long.
struct ClusterArrangement {
    private let parts: [(scope: Int, drawing: Drawing)]
    private let direction: GraphDirection

    /// A row may be that long before there are several.
    private static let longRow = 1_500

    init(_ parts: [(Int, Drawing)], direction: GraphDirection) {
        self.parts = parts.map { (scope: $0.0, drawing: $0.1) }
        self.direction = direction
    }

    /// The branches, each in its region.
    func drawing() -> Drawing {
        let gap = LayoutMetrics.regionGap
        let limit = rowLimit()
        var result = Drawing()
        var (along, across, thickness) = (0, 0, 0)
        for part in parts {
            let size = regionSize(part.drawing)
            let (length, height) = lengths(size)
            if along > 0, along + length > limit {
                across += thickness + gap
                (along, thickness) = (0, 0)
            }
            let origin =
                direction == .down
                ? GraphPoint(x: along, y: across) : GraphPoint(x: across, y: along)
            add(part, size, at: origin, to: &result)
            along += length + gap
            thickness = max(thickness, height)
        }
        return result
    }

    private func add(
        _ part: (scope: Int, drawing: Drawing),
        _ size: GraphSize,
        at origin: GraphPoint,
        to result: inout Drawing
    ) {
        let frame = GraphRect(x: origin.x, y: origin.y, width: size.width, height: size.height)
        result.regions.append(GraphRegion(scope: part.scope, frame: frame))
        var drawing = part.drawing
        let padding = LayoutMetrics.regionPadding
        drawing.move(by: GraphPoint(x: origin.x + padding, y: origin.y + padding))
        result.add(drawing)
        result.size.width = max(result.size.width, frame.maxX)
        result.size.height = max(result.size.height, frame.maxY)
    }

    private func regionSize(_ drawing: Drawing) -> GraphSize {
        let padding = 2 * LayoutMetrics.regionPadding
        return GraphSize(
            width: drawing.size.width + padding,
            height: drawing.size.height + padding
        )
    }

    /// A size along the row, and across it.
    private func lengths(_ size: GraphSize) -> (along: Int, across: Int) {
        direction == .down ? (size.width, size.height) : (size.height, size.width)
    }

    /// How long rows may be: all in one, or about twice as long as they are high together.
    private func rowLimit() -> Int {
        let sizes = parts.map { lengths(regionSize($0.drawing)) }
        let total = sizes.reduce(0) { $0 + $1.along + LayoutMetrics.regionGap }
        guard total > Self.longRow, parts.count > 3 else { return .max }
        let area = sizes.reduce(0) { $0 + $1.along * $1.across }
        let longest = sizes.reduce(0) { max($0, $1.along) }
        var side = Self.longRow
        while side * side < 2 * area { side += 100 }
        return max(longest, side)
    }
}
