/// The distances of a drawing, in pixels.
enum LayoutMetrics {
    /// The side of the square with a state's symbol.
    static let icon = 26
    /// Between the border of a box and what is in it.
    static let padding = 11
    /// Between the symbol and the text.
    static let iconGap = 10
    /// The widths of boxes are multiples of this, so that columns look even.
    static let widthStep = 20
    static let minimumWidth = 140
    /// The widest text in a box.
    static let textWidth = 190
    static let nameLines = 3
    static let detailLines = 2
    /// The widest text of a label, and its greatest number of lines.
    static let labelWidth = 170
    static let labelLines = 5
    static let labelPadding = 6
    /// Start and end.
    static let pill = GraphSize(width: 68, height: 28)

    /// Between boxes of a layer.
    static let boxGap = 44
    /// Between a box or label and a line that passes it.
    static let laneGap = 22
    /// Between labels of a layer.
    static let labelGap = 18
    /// Between lines that run beside each other.
    static let lineGap = 16
    /// Between the side of a box and a loop that leaves or enters there.
    static let loopGap = 20

    /// Between layers that no line has to be led between.
    static let layerGap = 34
    /// Between a layer and the first line that runs along it.
    static let trackMargin = 18
    /// Between the last line along a layer and that layer: there are the heads of arrows.
    static let headMargin = 22
    /// Between lines along a layer.
    static let trackGap = 12

    /// Around what is inside a state.
    static let clusterPadding = 14
    /// Around a branch's own states.
    static let regionPadding = 18
    /// Between branches.
    static let regionGap = 16
}
