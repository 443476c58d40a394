/// The style sheet of drawings: in the drawing itself, or in the page that shows it.
package struct GraphStyleSheet: Sendable {
    /// The text.
    package let text: String

    /// The sheet for a theme.
    ///
    /// Colours are properties `--sw-…` of `.sw-graph`, each behind a plain value for programs that
    /// know no properties.
    package init(theme: GraphTheme) {
        var text = ".sw-graph{\(Self.properties(theme))}\n"
        if theme == .auto {
            text += "@media (prefers-color-scheme:dark){.sw-graph{\(Self.properties(.dark))}}\n"
        }
        for (selector, declarations) in Self.rules {
            text += "\(selector){\(Self.expanded(declarations, theme))}\n"
        }
        self.text = text
    }

    private static func properties(_ theme: GraphTheme) -> String {
        GraphColour.allCases.map { "--sw-\($0.rawValue):\($0.value(in: theme))" }
            .joined(separator: ";")
    }

    private static func expanded(_ declarations: [Declaration], _ theme: GraphTheme) -> String {
        declarations.map { declaration in
            switch declaration {
            case .plain(let text): text
            case .colour(let property, let colour):
                "\(property):\(colour.value(in: theme));"
                    + "\(property):var(--sw-\(colour.rawValue))"
            }
        }.joined(separator: ";")
    }

    private enum Declaration {
        case plain(String)
        case colour(String, GraphColour)
    }

    private static func fill(_ colour: GraphColour) -> Declaration { .colour("fill", colour) }
    private static func stroke(_ colour: GraphColour) -> Declaration { .colour("stroke", colour) }

    private static let font =
        "font-family:\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",sans-serif"

    private static let rules: [(String, [Declaration])] =
        [
            (".sw-graph", [.plain(font)]),
            (".sw-graph .canvas", [fill(.canvas)]),
            (".sw-graph .box", [fill(.box), stroke(.border), .plain("stroke-width:1.25")]),
            (".sw-graph .cluster>.box", [fill(.cluster), stroke(.clusterBorder)]),
            (".sw-graph .missing>.box", [.plain("stroke-dasharray:5 4"), stroke(.unknown)]),
            (
                ".sw-graph .region",
                [fill(.region), stroke(.regionBorder), .plain("stroke-dasharray:4 4")]
            ),
            (".sw-graph .name", [fill(.text), .plain("font-size:13px;font-weight:bold")]),
            (".sw-graph .detail", [fill(.detail), .plain("font-size:11px")]),
            (".sw-graph .pill", [fill(.pill)]),
            (
                ".sw-graph .pill-name",
                [
                    fill(.pillText),
                    .plain("font-size:12px;font-weight:bold;text-anchor:middle"),
                ]
            ),
            (
                ".sw-graph .line",
                [stroke(.edge), .plain("fill:none;stroke-width:1.5;stroke-linecap:round")]
            ),
            (".sw-graph .head", [fill(.edge)]),
            (".sw-graph .catch>.line", [stroke(.caught), .plain("stroke-linecap:butt")]),
            (".sw-graph .catch>.head", [fill(.caught)]),
            (".sw-graph .label>rect", [fill(.labelBox), stroke(.labelBorder)]),
            (
                ".sw-graph .label>text",
                [fill(.label), .plain("font-size:11px;text-anchor:middle")]
            ),
            (".sw-graph .label.catch>text", [fill(.caught)]),
            (
                ".sw-graph .glyph",
                [
                    stroke(.glyph),
                    .plain(
                        "fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round"
                    ),
                ]
            ),
            (".sw-graph .endmark", [fill(.edge), stroke(.edge), .plain("stroke-width:1.5")]),
            (
                ".sw-graph .badge>rect",
                [fill(.labelBox), stroke(.border)]
            ),
            (
                ".sw-graph .badge>text",
                [
                    fill(.text),
                    .plain("font-size:10px;font-weight:bold;text-anchor:middle"),
                ]
            ),
            (
                ".sw-graph .state:focus",
                [.plain("outline:none")]
            ),
            (
                ".sw-graph .state:focus-visible>.box",
                [stroke(.focus), .plain("stroke-width:3")]
            ),
        ] + icons + statuses

    private static let icons: [(String, [Declaration])] = [
        ("task", GraphColour.task), ("pass", .pass), ("choice", .choice), ("wait", .wait),
        ("succeed", .succeed), ("fail", .fail), ("parallel", .parallel), ("map", .map),
        ("unknown", .unknown), ("missing", .unknown),
    ].map { (".sw-graph .\($0.0)>.icon", [fill($0.1)]) }

    private static let statuses: [(String, [Declaration])] =
        GraphStatus.Kind.allCases.flatMap {
            kind -> [(String, [Declaration])] in
            guard let (line, ground) = kind.colours else { return [] }
            let state = ".sw-graph .state[data-status=\"\(kind.rawValue)\"]"
            return [
                ("\(state)>.box", [fill(ground), stroke(line), .plain("stroke-width:2")]),
                ("\(state)>.icon", [fill(line)]),
                ("\(state)>.badge>rect", [stroke(line)]),
            ]
        } + [
            (
                ".sw-graph .state[data-status=\"notEntered\"]>.icon",
                [fill(.aborted), .plain("opacity:.75")]
            ),
            (
                ".sw-graph .state[data-status=\"retrying\"]>.box",
                [.plain("stroke-dasharray:6 4")]
            ),
        ]
}
