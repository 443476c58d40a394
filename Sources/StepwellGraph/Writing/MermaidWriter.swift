/// Writes a model as a Mermaid flowchart.
package enum MermaidWriter {
    /// The text, which begins with `flowchart`.
    package static func write(
        _ model: GraphModel,
        direction: GraphDirection = .down,
        statuses: [String: GraphStatus]? = nil
    ) -> String {
        var lines = ["flowchart \(direction == .down ? "TD" : "LR")"]
        write(model, scope: 0, indent: "    ", to: &lines)
        let root = model.scopes[0]
        if let start = root.start {
            lines.append("    start([Start]) --> \(id(start))")
        }
        for state in root.states where model.states[state].isEnd {
            lines.append("    \(id(state)) --> finish([End])")
        }
        for scope in model.scopes {
            for transition in scope.transitions { lines.append("    " + arrow(transition)) }
        }
        classes(model, statuses, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(
        _ model: GraphModel,
        scope: Int,
        indent: String,
        to lines: inout [String]
    ) {
        for place in model.scopes[scope].states {
            let state = model.states[place]
            guard !state.inner.isEmpty else {
                lines.append(indent + node(place, state))
                continue
            }
            lines.append("\(indent)subgraph \(id(place))[\"\(escaped(state.name))\"]")
            for (branch, inner) in state.inner.enumerated() {
                guard state.inner.count > 1 else {
                    write(model, scope: inner, indent: indent + "    ", to: &lines)
                    continue
                }
                lines.append("\(indent)    subgraph \(id(place))b\(branch)[\" \"]")
                write(model, scope: inner, indent: indent + "        ", to: &lines)
                lines.append("\(indent)    end")
            }
            lines.append("\(indent)end")
        }
    }

    private static func id(_ state: Int) -> String { "s\(state)" }

    private static func node(_ place: Int, _ state: GraphState) -> String {
        let name = "\"\(escaped(state.name))\""
        switch state.type {
        case .choice: return "\(id(place)){{\(name)}}"
        case .succeed, .fail: return "\(id(place))([\(name)])"
        case .wait, .pass, .task, .parallel, .map, .unknown, .missing:
            return "\(id(place))[\(name)]"
        }
    }

    private static func arrow(_ transition: GraphTransition) -> String {
        let separator = transition.kind == .catch ? ", " : " or "
        let words = transition.reasons.joined(separator: separator)
        let line = transition.kind == .catch ? "-.->" : "-->"
        let label = words.isEmpty ? "" : "|\"\(escaped(words))\"|"
        return "\(id(transition.from)) \(line)\(label) \(id(transition.to))"
    }

    private static func classes(
        _ model: GraphModel,
        _ statuses: [String: GraphStatus]?,
        to lines: inout [String]
    ) {
        guard let statuses else { return }
        for kind in GraphStatus.Kind.allCases where kind != .notEntered {
            let places = model.states.indices.filter {
                statuses[model.states[$0].name]?.kind == kind
            }
            guard !places.isEmpty, let (line, ground) = kind.colours else { continue }
            lines.append(
                "    classDef \(kind.rawValue) fill:\(ground.value(in: .light)),"
                    + "stroke:\(line.value(in: .light)),color:#17212b"
            )
            lines.append("    class \(places.map(id).joined(separator: ",")) \(kind.rawValue)")
        }
    }

    /// Text in quotation marks: what Mermaid reads as markup is written as character codes.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "#", "&", "<", ">", "`", ";", "|", "\\":
                escaped.append(contentsOf: "#\(scalar.value);".unicodeScalars)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped.append(" ")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
