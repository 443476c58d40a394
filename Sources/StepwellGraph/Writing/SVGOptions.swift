/// How an SVG is written.
package struct SVGOptions: Sendable {
    /// The colours.
    package var theme = GraphTheme.auto
    /// Whether the style sheet is in the drawing; a page with a strict policy brings its own
    /// (`GraphStyleSheet`).
    package var hasStyleSheet = true
    /// Whether states are buttons to be reached by keyboard.
    package var isInteractive = false
    /// What became of the states, by their names; nil draws no execution.
    package var statuses: [String: GraphStatus]?
    /// What the drawing is of.
    package var title: String?

    package init() {}
}
