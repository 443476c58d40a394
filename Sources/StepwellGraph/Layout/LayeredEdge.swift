/// An edge of a scope while it is laid out.
struct LayeredEdge {
    let kind: GraphTransition.Kind
    /// The nodes.
    let from: Int
    let to: Int
    /// What stands on it.
    let text: TextBlock
    let title: String
    /// Whether it runs against the direction of the drawing.
    var isBack = false
    /// The segments that lead to the line shared with others, in the order they are gone.
    var segments: [Int] = []
    /// The shared line to the edge's end.
    var lane: Int?
    /// Where it leaves and enters when it runs back.
    var loops: (exit: Int, entry: Int)?
    /// Its label's node.
    var label: Int?

    init(kind: GraphTransition.Kind, from: Int, to: Int, reasons: [String]) {
        self.kind = kind
        self.from = from
        self.to = to
        let words = kind == .catch ? [reasons.joined(separator: ", ")] : reasons
        text = TextBlock(
            paragraphs: words.filter { !$0.isEmpty },
            face: .label,
            maximumWidth: LayoutMetrics.labelWidth,
            maximumLines: LayoutMetrics.labelLines
        )
        title = reasons.joined(separator: kind == .catch ? ", " : "\nor ")
    }

    var isCatch: Bool { kind == .catch }
    var hasLabel: Bool { !text.lines.isEmpty }

    /// The size of the label.
    var labelSize: GraphSize {
        let padding = LayoutMetrics.labelPadding
        return GraphSize(
            width: text.width + 2 * padding,
            height: text.lines.count * TextFace.label.lineHeight + padding
        )
    }
}
