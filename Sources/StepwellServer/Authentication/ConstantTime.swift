/// Comparison that takes as long for a near miss as for a wide one.
enum ConstantTime {
    /// Whether two texts have the same bytes; only their lengths can be told from the time taken.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(left.utf8, right.utf8) { difference |= left ^ right }
        return difference == 0
    }
}
