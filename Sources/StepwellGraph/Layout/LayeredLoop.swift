/// The end of an edge against the direction of the drawing: a line at the side of a box.
struct LayeredLoop {
    /// The box.
    let node: Int
    /// Whether the edge leaves there.
    let isExit: Bool
    /// The edge, when it leads to the box that it leaves.
    var ownEdge: Int?
    /// Whether it lies left of the box.
    var isLeft = false
    /// Pixels from the left side of the node to the line.
    var offset = 0
    /// Pixels from the upper side of the node to where the line meets the box.
    var level = 0
}
