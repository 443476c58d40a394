/// The text of a box, and the size that it makes the box.
struct BoxText {
    let name: TextBlock
    let detail: TextBlock
    /// The size of a box with nothing else in it.
    let size: GraphSize

    init(_ state: GraphState) {
        typealias Metrics = LayoutMetrics
        name = TextBlock(
            state.name,
            face: .name,
            maximumWidth: Metrics.textWidth,
            maximumLines: Metrics.nameLines
        )
        detail = TextBlock(
            state.detail,
            face: .detail,
            maximumWidth: Metrics.textWidth,
            maximumLines: Metrics.detailLines
        ).followed(by: state.retries, face: .detail, maximumWidth: Metrics.textWidth)
        let text = max(name.width, detail.width)
        let full = text + Metrics.icon + Metrics.iconGap + 2 * Metrics.padding
        let width = (full + Metrics.widthStep - 1) / Metrics.widthStep * Metrics.widthStep
        let lines =
            name.lines.count * TextFace.name.lineHeight
            + detail.lines.count * TextFace.detail.lineHeight
        size = GraphSize(
            width: max(Metrics.minimumWidth, width),
            height: max(lines, Metrics.icon) + 2 * Metrics.padding - 2
        )
    }
}
