/// Numbers between two, or up to or from one.
struct NumericRange: Sendable, Hashable {
    /// An end of the range.
    struct Bound: Sendable, Hashable {
        let number: EventNumber
        let isIncluded: Bool
    }

    var bottom: Bound?
    var top: Bound?

    /// Whether a number is in the range.
    func contains(_ number: EventNumber) -> Bool {
        if let bottom, number < bottom.number { return false }
        if let bottom, number == bottom.number, !bottom.isIncluded { return false }
        if let top, top.number < number { return false }
        if let top, number == top.number, !top.isIncluded { return false }
        return true
    }
}
