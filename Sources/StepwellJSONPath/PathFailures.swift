import StepwellJSON

/// Words the failures of the definite part of a path.
struct PathFailures {
    let segments: [PathSegment]

    /// Why the name or index at `position` leads nowhere from `current`.
    func unreachable(at position: Int, from current: JSONValue) -> JSONPathError {
        let before = Array(segments[..<position]).bracketForm
        switch (segments[position], current) {
        case (.child, .object):
            guard position < segments.count - 1 else { break }
            return .missingProperty(path: before + segments[position].fragment)
        case (.child, _), (.children, _):
            return .notAnObject(
                property: segments[position].fragment,
                path: before,
                found: JavaText.className(of: current)
            )
        case (_, .array): break
        case (.filter, _): return .filterOnPrimitive(current: JavaText.text(of: current))
        case (_, .null): return .nullArray(path: before)
        default:
            return .notAnArray(
                segment: segments[position].fragment,
                current: JavaText.text(of: current)
            )
        }
        return .noResults(path: segments.bracketForm)
    }
}
