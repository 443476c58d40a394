import StepwellJSON

/// How AWS says that a reference path cannot be applied: `States.ReferencePathConflict`.
extension JSONPath {
    /// Why the path, taken as a reference path, leads nowhere.
    ///
    /// - Returns: The sentence; nil when it leads somewhere, is no reference path or starts from a
    ///   variable that is not there.
    package func conflict(in scope: some PathScope) -> String? {
        let start: JSONValue?
        switch root {
        case .input: start = scope.input
        case .context: start = scope.context
        case .variable(let name): start = scope.variable(name)
        }
        guard isSimple, var current = start else { return nil }
        for (position, segment) in segments.enumerated() {
            guard let next = segment.single(in: current) else {
                return conflict(at: position, on: current)
            }
            current = next
        }
        return nil
    }

    /// AWS's two sentences: one for a path of one step on a scalar, the other for all else.
    ///
    /// Both are seen on AWS; which belongs to which is known of the first alone.
    func conflict(at position: Int, on target: JSONValue) -> String {
        let shown = JSONWriter.string(target)
        if segments.count == 1, target.objectValue == nil, target.arrayValue == nil {
            return "Unable to apply ReferencePath \(text) to input \(shown)"
        }
        return "Unable to apply step \"\(segments[position].step)\" to input \(shown)"
    }
}

extension PathSegment {
    /// The segment as a step of a reference path.
    fileprivate var step: String {
        switch self {
        case .child(let name): name
        case .index(let index): String(index)
        default: fragment
        }
    }
}
