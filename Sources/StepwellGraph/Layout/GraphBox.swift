/// A box of a drawing.
package struct GraphBox: Sendable {
    /// What it stands for.
    package let place: GraphPlace
    /// Where it is.
    package internal(set) var frame: GraphRect
    /// The name in lines.
    package let lines: [String]
    /// What the state does, in lines.
    package let detail: [String]
    /// The upper part with the name, when other boxes are inside; nil otherwise.
    package internal(set) var header: GraphRect?
    /// Whether a mark says that its scope ends with it.
    package let hasEndMark: Bool
}
