/// Where everything of a drawing is.
///
/// Boxes do not overlap but for those that contain others; no label overlaps a label or a box; no
/// edge runs through a box that is not one of its ends. The same model gives the same layout.
package struct GraphLayout: Sendable {
    /// How large the drawing is.
    package let size: GraphSize
    /// Where it goes.
    package let direction: GraphDirection
    /// The boxes, one that contains others before these.
    package let boxes: [GraphBox]
    /// The areas of the scopes inside states.
    package let regions: [GraphRegion]
    /// The edges.
    package let edges: [GraphEdge]
    /// How much was done for it: looks at nodes and segments.
    package let work: Int

    /// The pixels around everything.
    private static let margin = 24

    /// Lays out a model.
    package init(_ model: GraphModel, direction: GraphDirection = .down) {
        var drawing = ScopeLayout(model: model, direction: direction).root()
        let offset = GraphPoint(x: Self.margin, y: Self.margin)
        drawing.move(by: offset)
        size = GraphSize(
            width: drawing.size.width + 2 * Self.margin,
            height: drawing.size.height + 2 * Self.margin
        )
        self.direction = direction
        boxes = drawing.boxes
        regions = drawing.regions
        edges = drawing.edges
        work = drawing.work
    }
}
