/// An upright rectangle, in pixels.
package struct GraphRect: Sendable, Hashable {
    /// The left side.
    package var x: Int
    /// The upper side.
    package var y: Int
    /// Pixels from left to right.
    package var width: Int
    /// Pixels from top to bottom.
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The right side.
    package var maxX: Int { x + width }
    /// The lower side.
    package var maxY: Int { y + height }
    /// The middle from left to right.
    package var midX: Int { x + width / 2 }
    /// The middle from top to bottom.
    package var midY: Int { y + height / 2 }

    /// The rectangle on the other side of the diagonal.
    var transposed: GraphRect { GraphRect(x: y, y: x, width: height, height: width) }

    /// The rectangle when everything is moved.
    func moved(by offset: GraphPoint) -> GraphRect {
        GraphRect(x: x + offset.x, y: y + offset.y, width: width, height: height)
    }

    /// Whether the two have an area in common; touching does not count.
    package func overlaps(_ other: GraphRect) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }

    /// Whether the other lies inside, its border included.
    package func contains(_ other: GraphRect) -> Bool {
        x <= other.x && y <= other.y && other.maxX <= maxX && other.maxY <= maxY
    }
}
