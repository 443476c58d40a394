extension String {
    /// Whether both strings are the same bytes; `==` also takes canonically equivalent ones for
    /// equal.
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else {
            return false
        }
        let left = utf8Span.span
        let right = other.utf8Span.span
        for index in left.indices where left[index] != right[index] {
            return false
        }
        return true
    }
}
