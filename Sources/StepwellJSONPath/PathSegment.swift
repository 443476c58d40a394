/// One step of a compiled path.
indirect enum PathSegment: Sendable {
    case child(String)
    case children([String])
    case index(Int)
    case indices([Int])
    /// `[from:]`, `[:to]` or `[from:to]`; at least one bound is there.
    case slice(from: Int?, to: Int?)
    case wildcard
    /// `..`: the segment after it is tried on every value below.
    case descendants
    case filter(FilterExpression)
    case function(PathFunctionCall)

    /// Whether the segment leads to at most one value; several names do when nothing follows,
    /// for they are then gathered into one object.
    func isDefinite(isLast: Bool) -> Bool {
        switch self {
        case .child, .index, .function: true
        case .children: isLast
        case .indices, .slice, .wildcard, .descendants, .filter: false
        }
    }

    /// The segment in Jayway's bracket form.
    var fragment: String {
        switch self {
        case .child(let name): "['\(name)']"
        case .children(let names): "[" + names.map { "'\($0)'" }.joined(separator: ",") + "]"
        case .index(let index): "[\(index)]"
        case .indices(let indices): "[" + indices.map(String.init).joined(separator: ",") + "]"
        case .slice(let from, let to):
            "[" + (from.map(String.init) ?? "") + ":" + (to.map(String.init) ?? "") + "]"
        case .wildcard: "[*]"
        case .descendants: ".."
        case .filter: "[?]"
        case .function(let call): "." + call.function.name
        }
    }
}
