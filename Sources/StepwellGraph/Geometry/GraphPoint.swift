/// A place in a drawing, in pixels from its upper left corner.
package struct GraphPoint: Sendable, Hashable {
    /// Pixels to the right.
    package var x: Int
    /// Pixels downwards.
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }

    /// The place on the other side of the diagonal.
    var transposed: GraphPoint { GraphPoint(x: y, y: x) }

    /// The place when everything is moved.
    func moved(by offset: GraphPoint) -> GraphPoint {
        GraphPoint(x: x + offset.x, y: y + offset.y)
    }
}
