/// Writes a drawing as SVG.
///
/// Every state is a group `.state` with its name in `data-state` and, in a drawing of an execution,
/// its condition in `data-status`, by which the style sheet colours it; every edge a group `.edge`
/// with the names of its ends.
package struct SVGWriter {
    private let model: GraphModel
    private let layout: GraphLayout
    private let options: SVGOptions
    private var text = ""

    private init(_ model: GraphModel, _ layout: GraphLayout, _ options: SVGOptions) {
        self.model = model
        self.layout = layout
        self.options = options
    }

    /// The SVG of a layout of that model.
    package static func write(
        _ model: GraphModel,
        _ layout: GraphLayout,
        options: SVGOptions = SVGOptions()
    ) -> String {
        var writer = SVGWriter(model, layout, options)
        writer.write()
        return writer.text
    }

    private mutating func write() {
        let (width, height) = (layout.size.width, layout.size.height)
        let title = options.title ?? model.comment ?? "State machine"
        let role = options.isInteractive ? "group" : "img"
        line(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sw-graph\" "
                + "viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" "
                + "role=\"\(role)\" aria-label=\"\(XMLText.escaped(title))\">"
        )
        line("<title>\(XMLText.escaped(title))</title>")
        if options.hasStyleSheet {
            line("<style>\n\(GraphStyleSheet(theme: options.theme).text)</style>")
        }
        line("<rect class=\"canvas\" width=\"\(width)\" height=\"\(height)\"/>")
        writeBoxes()
        for edge in layout.edges { write(edge) }
        for edge in layout.edges {
            if let label = edge.label { write(label, of: edge) }
        }
        line("</svg>")
    }

    private mutating func line(_ line: String) {
        text += line
        text += "\n"
    }

    /// Boxes that contain others come before the regions in them, and these before their boxes.
    private mutating func writeBoxes() {
        var regions: [Int: [GraphRegion]] = [:]
        for region in layout.regions {
            guard let owner = model.scopes[region.scope].owner else { continue }
            regions[owner, default: []].append(region)
        }
        for box in layout.boxes {
            guard case .state(let place) = box.place else {
                writePill(box)
                continue
            }
            write(box, model.states[place])
            for region in regions[place] ?? [] {
                let frame = region.frame
                line(
                    "<rect class=\"region\" x=\"\(frame.x)\" y=\"\(frame.y)\" "
                        + "width=\"\(frame.width)\" height=\"\(frame.height)\" rx=\"8\"/>"
                )
            }
        }
    }

    private mutating func writePill(_ box: GraphBox) {
        let frame = box.frame
        let name = box.place == .start ? "start" : "end"
        line(
            "<g class=\"\(name)\"><rect class=\"pill\" x=\"\(frame.x)\" y=\"\(frame.y)\" "
                + "width=\"\(frame.width)\" height=\"\(frame.height)\" "
                + "rx=\"\(frame.height / 2)\"/><text class=\"pill-name\" x=\"\(frame.midX)\" "
                + "y=\"\(frame.midY + 4)\">\(box.lines.joined())</text></g>"
        )
    }

    // MARK: States

    private mutating func write(_ box: GraphBox, _ state: GraphState) {
        let status = options.statuses.map { $0[state.name] ?? GraphStatus(.notEntered) }
        let name = XMLText.escaped(state.name)
        var words = "\(state.name), \(state.type.rawValue)"
        if let status { words += ", \(status.kind.words)" }
        var open = "<g class=\"state \(state.type.className)"
        if box.header != nil { open += " cluster" }
        open += "\" data-state=\"\(name)\" data-type=\"\(state.type.rawValue)\""
        if let status { open += " data-status=\"\(status.kind.rawValue)\"" }
        open += options.isInteractive ? " tabindex=\"0\" role=\"button\"" : " role=\"img\""
        open += " aria-label=\"\(XMLText.escaped(words))\">"
        line(open)
        line("<title>\(XMLText.escaped(tip(of: state, status)))</title>")
        if state.type == .map, box.header != nil { writeStack(box.frame) }
        line(outline(of: box, state.type))
        writeHead(box, state)
        if box.hasEndMark { writeEndMark(box.frame) }
        if let badge = status?.badge { write(badge: badge, at: box.frame) }
        line("</g>")
    }

    private func tip(of state: GraphState, _ status: GraphStatus?) -> String {
        var lines = ["\(state.name) (\(state.type.rawValue))"]
        if !state.detail.isEmpty, state.detail != state.type.rawValue { lines.append(state.detail) }
        if let retries = state.retries { lines.append(retries) }
        if let comment = state.comment { lines.append(comment) }
        if let status {
            let words = [status.kind.words, status.badge].compactMap(\.self)
            lines.append(words.joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    private func outline(of box: GraphBox, _ type: GraphStateType) -> String {
        let frame = box.frame
        if type == .choice {
            let inset = 9
            return "<path class=\"box\" d=\"M\(frame.x + inset) \(frame.y)"
                + "H\(frame.maxX - inset)L\(frame.maxX) \(frame.midY)"
                + "L\(frame.maxX - inset) \(frame.maxY)H\(frame.x + inset)"
                + "L\(frame.x) \(frame.midY)Z\" stroke-linejoin=\"round\"/>"
        }
        let radius = type == .succeed || type == .fail ? min(frame.height / 2, 24) : 9
        return "<rect class=\"box\" x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" "
            + "height=\"\(frame.height)\" rx=\"\(radius)\"/>"
    }

    /// A second outline behind the box: there are many of what is inside.
    private mutating func writeStack(_ frame: GraphRect) {
        let moved = frame.moved(by: GraphPoint(x: 5, y: 5))
        line(
            "<rect class=\"box\" x=\"\(moved.x)\" y=\"\(moved.y)\" width=\"\(moved.width)\" "
                + "height=\"\(moved.height)\" rx=\"9\"/>"
        )
    }

    /// The symbol, the name and what the state does.
    private mutating func writeHead(_ box: GraphBox, _ state: GraphState) {
        typealias Metrics = LayoutMetrics
        let frame = box.header ?? box.frame
        let left = frame.x + Metrics.padding
        let iconTop = frame.y + (frame.height - Metrics.icon) / 2
        line(
            "<rect class=\"icon\" x=\"\(left)\" y=\"\(iconTop)\" width=\"\(Metrics.icon)\" "
                + "height=\"\(Metrics.icon)\" rx=\"7\"/><path class=\"glyph\" "
                + "transform=\"translate(\(left) \(iconTop))\" d=\"\(state.type.glyph)\"/>"
        )
        let nameHeight = box.lines.count * TextFace.name.lineHeight
        let height = nameHeight + box.detail.count * TextFace.detail.lineHeight
        let x = left + Metrics.icon + Metrics.iconGap
        var top = frame.y + (frame.height - height) / 2
        for each in box.lines {
            writeText(each, "name", x: x, y: top + 13)
            top += TextFace.name.lineHeight
        }
        for each in box.detail {
            writeText(each, "detail", x: x, y: top + 12)
            top += TextFace.detail.lineHeight
        }
    }

    private mutating func writeText(_ text: String, _ name: String, x: Int, y: Int) {
        line("<text class=\"\(name)\" x=\"\(x)\" y=\"\(y)\">\(XMLText.escaped(text))</text>")
    }

    private mutating func writeEndMark(_ frame: GraphRect) {
        let isDown = layout.direction == .down
        let from = isDown ? "\(frame.midX) \(frame.maxY)" : "\(frame.maxX) \(frame.midY)"
        let step = isDown ? "v5" : "h5"
        let x = isDown ? frame.midX : frame.maxX + 9
        let y = isDown ? frame.maxY + 9 : frame.midY
        line(
            "<path class=\"endmark\" d=\"M\(from)\(step)\"/>"
                + "<circle class=\"endmark\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.5\"/>"
        )
    }

    private mutating func write(badge: String, at frame: GraphRect) {
        let width = TextFace.badge.width(of: badge) + 14
        let x = frame.maxX - width + 8
        let y = frame.y - 9
        line(
            "<g class=\"badge\"><rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"18\" "
                + "rx=\"9\"/><text x=\"\(x + width / 2)\" y=\"\(y + 13)\">"
                + "\(XMLText.escaped(badge))</text></g>"
        )
    }

    // MARK: Edges

    private func name(of place: GraphPlace) -> String {
        switch place {
        case .state(let state): XMLText.escaped(model.states[state].name)
        case .start, .end: ""
        }
    }

    private mutating func write(_ edge: GraphEdge) {
        let path = SVGPath(edge.points)
        var line = "<g class=\"edge \(edge.kind.rawValue)\" data-from=\"\(name(of: edge.from))\" "
        line += "data-to=\"\(name(of: edge.to))\"><path class=\"line\" d=\"\(path.data)\""
        if edge.kind == .catch {
            line += " stroke-dasharray=\"\(SVGPath.dash) \(SVGPath.dashGap)\""
            line += " stroke-dashoffset=\"\(path.dashOffset)\""
        }
        line += "/><path class=\"head\" d=\"\(path.head)\"/></g>"
        self.line(line)
    }

    private mutating func write(_ label: GraphLabel, of edge: GraphEdge) {
        let frame = label.frame
        line(
            "<g class=\"label \(edge.kind.rawValue)\" data-from=\"\(name(of: edge.from))\" "
                + "data-to=\"\(name(of: edge.to))\">"
                + "<title>\(XMLText.escaped(label.title))</title>"
                + "<rect x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" "
                + "height=\"\(frame.height)\" rx=\"6\"/>"
        )
        for (place, each) in label.lines.enumerated() {
            let y =
                frame.y + LayoutMetrics.labelPadding / 2 + 11
                + place * TextFace.label.lineHeight
            line("<text x=\"\(frame.midX)\" y=\"\(y)\">\(XMLText.escaped(each))</text>")
        }
        line("</g>")
    }
}
