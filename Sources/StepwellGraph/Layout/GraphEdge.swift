/// A line of a drawing, from a box to a box.
package struct GraphEdge: Sendable {
    /// Why it is gone; `next` for those of start and end.
    package let kind: GraphTransition.Kind
    /// Where it begins.
    package let from: GraphPlace
    /// Where it ends, with a head.
    package let to: GraphPlace
    /// Its corners, from the border of one box to that of the other; parts are upright or level.
    package internal(set) var points: [GraphPoint]
    /// What stands on it.
    package internal(set) var label: GraphLabel?
}
