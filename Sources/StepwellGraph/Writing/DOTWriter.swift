/// Writes a model in the language of Graphviz.
package enum DOTWriter {
    /// The text of a `digraph`.
    package static func write(
        _ model: GraphModel,
        direction: GraphDirection = .down,
        statuses: [String: GraphStatus]? = nil
    ) -> String {
        var lines = [
            "digraph StateMachine {",
            "    rankdir=\(direction == .down ? "TB" : "LR"); compound=true; nodesep=0.4;",
            "    node [shape=box, style=\"rounded,filled\", fillcolor=white, "
                + "fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];",
            "    edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9];",
        ]
        write(model, scope: 0, indent: "    ", statuses, to: &lines)
        let root = model.scopes[0]
        if let start = root.start {
            lines.append("    start [label=\"Start\", shape=oval];")
            let head = model.states[start].inner.isEmpty ? "" : " [lhead=cluster\(start)]"
            lines.append("    start -> s\(start)\(head);")
        }
        let ending = root.states.filter { model.states[$0].isEnd }
        if !ending.isEmpty { lines.append("    finish [label=\"End\", shape=oval];") }
        for state in ending {
            let tail = model.states[state].inner.isEmpty ? "" : " [ltail=cluster\(state)]"
            lines.append("    s\(state) -> finish\(tail);")
        }
        for scope in model.scopes {
            for transition in scope.transitions {
                lines.append("    " + arrow(transition, model))
            }
        }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    private static func write(
        _ model: GraphModel,
        scope: Int,
        indent: String,
        _ statuses: [String: GraphStatus]?,
        to lines: inout [String]
    ) {
        for place in model.scopes[scope].states {
            let state = model.states[place]
            let colours = statuses?[state.name]?.kind.colours
            let fill =
                colours.map {
                    ", color=\"\($0.0.value(in: .light))\", fillcolor=\"\($0.1.value(in: .light))\""
                } ?? ""
            guard !state.inner.isEmpty else {
                let shape = shape(of: state.type)
                lines.append("\(indent)s\(place) [label=\(quoted(state.name))\(shape)\(fill)];")
                continue
            }
            lines.append("\(indent)subgraph cluster\(place) {")
            lines.append("\(indent)    label=\(quoted(state.name)); style=\"rounded,filled\";")
            lines.append(
                "\(indent)    fillcolor=\"\((colours?.1 ?? .cluster).value(in: .light))\";"
            )
            lines.append("\(indent)    s\(place) [shape=point, style=invis, width=0];")
            for (branch, inner) in state.inner.enumerated() {
                lines.append("\(indent)    subgraph cluster\(place)_\(branch) {")
                lines.append("\(indent)        label=\"\"; style=dashed;")
                write(model, scope: inner, indent: indent + "        ", statuses, to: &lines)
                lines.append("\(indent)    }")
            }
            lines.append("\(indent)}")
        }
    }

    private static func shape(of type: GraphStateType) -> String {
        switch type {
        case .choice: ", shape=hexagon"
        case .succeed: ", shape=oval, color=\"\(GraphColour.succeed.value(in: .light))\""
        case .fail: ", shape=oval, color=\"\(GraphColour.fail.value(in: .light))\""
        case .missing, .unknown: ", style=\"rounded,dashed\""
        case .pass, .task, .wait, .parallel, .map: ""
        }
    }

    private static func arrow(_ transition: GraphTransition, _ model: GraphModel) -> String {
        var attributes: [String] = []
        let separator = transition.kind == .catch ? ", " : " or "
        let words = transition.reasons.joined(separator: separator)
        if !words.isEmpty { attributes.append("label=\(quoted(words))") }
        if transition.kind == .catch {
            let colour = GraphColour.caught.value(in: .light)
            attributes.append("style=dashed, color=\"\(colour)\", fontcolor=\"\(colour)\"")
        }
        if !model.states[transition.from].inner.isEmpty {
            attributes.append("ltail=cluster\(transition.from)")
        }
        if !model.states[transition.to].inner.isEmpty {
            attributes.append("lhead=cluster\(transition.to)")
        }
        let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
        return "s\(transition.from) -> s\(transition.to)\(list);"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = String.UnicodeScalarView()
        quoted.append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted.append("\\")
                quoted.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": quoted.append(" ")
            default: quoted.append(scalar)
            }
        }
        quoted.append("\"")
        return String(quoted)
    }
}
