/// What stands on an edge.
package struct GraphLabel: Sendable {
    /// Where it is.
    package internal(set) var frame: GraphRect
    /// The text in lines.
    package let lines: [String]
    /// The whole text.
    package let title: String
}
